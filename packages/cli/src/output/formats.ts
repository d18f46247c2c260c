import type { Report } from '@leeway/engine';
import { renderCsv } from './csv.ts';
import type { Format } from './format.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderTable } from './table.ts';

/** Every output format, in the order the help lists them. */
export const formats: readonly Format[] = [
  { name: 'table', summary: 'for people at a terminal', render: renderTable },
  { name: 'json', summary: 'versioned, see schema/report.schema.json', render: (report: Report) => renderJson(report) },
  { name: 'sarif', summary: 'SARIF 2.1.0, for code scanning', render: renderSarif },
  { name: 'junit', summary: 'JUnit XML, for CI servers', render: (report: Report) => renderJunit(report) },
  { name: 'markdown', summary: 'a pull-request comment', render: renderMarkdown },
  { name: 'csv', summary: 'one line a finding, for spreadsheets', render: renderCsv },
  { name: 'html', summary: 'one self-contained page', render: renderHtml },
];
