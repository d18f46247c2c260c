import {
  type Finding,
  type FindingGroup,
  formatProblem,
  headlineText,
  type Problem,
  type Severity,
} from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { RenderOptions } from './format.ts';
import { describeDistance, formatInstant } from './instant.ts';
import { makePaint, type Paint, type Role } from './paint.ts';
import { formatSides } from './table-sides.ts';
import { makeVisible, measureWidth, wrapProse } from './text.ts';
import {
  announceApprovals,
  describeApproval,
  describeApproved,
  describeBlastRadius,
  describeCompleteness,
  describeGap,
  describeOutcome,
  describeSubject,
  exitMeanings,
  findGaps,
  severitySigns,
  shortId,
  verdictSigns,
} from './words.ts';

/** Prose wider than this is hard to read, whatever the terminal offers. */
const widestLine = 120;
const narrowestLine = 40;
const indent = '  ';

interface Sheet {
  readonly report: Report;
  readonly paint: Paint;
  readonly width: number;
}

/** The report for a person at a terminal: headlines first, both values side by side, then a calm summary. */
export function* renderTable(report: Report, options: RenderOptions): Generator<string> {
  const width = Math.min(widestLine, Math.max(narrowestLine, options.width));
  const sheet: Sheet = { report, paint: makePaint(options.colour), width };
  const rowCount = report.groups.length;
  if (rowCount > 0) yield `${formatTitle(sheet)}\n`;
  let severity: Severity | undefined;
  for (const group of report.groups) {
    if (group.severity !== severity) {
      severity = group.severity;
      yield `\n${formatSection(sheet, severity)}\n`;
    }
    yield `\n${formatGroup(sheet, group).join('\n')}\n`;
  }
  if (options.showApproved) yield* formatApproved(sheet);
  const approvedShown = options.showApproved && report.approved.length > 0;
  if (rowCount > 0 || approvedShown) yield `\n${sheet.paint('quiet', '─'.repeat(width))}\n`;
  yield* formatSummary(sheet, options.showApproved);
}

function formatTitle({ report, paint }: Sheet): string {
  const revision = report.mode === 'scan' ? ` · declared at ${makeVisible(report.revision)}` : '';
  return `${paint('strong', describeSubject(report))} ${paint('quiet', `· ${formatInstant(report.at)}${revision}`)}`;
}

function formatSection({ report, paint, width }: Sheet, severity: Severity): string {
  const { glyph, word } = severitySigns[severity];
  const rows = report.groups.filter((group) => group.severity === severity).length;
  const title = `${glyph} ${word} ${rows}`;
  return `${paint(severity, title)} ${paint('quiet', '─'.repeat(Math.max(0, width - measureWidth(title) - 1)))}`;
}

function formatGroup(sheet: Sheet, group: FindingGroup): string[] {
  const lead = group.findings[0];
  if (!lead) return [];
  const { paint, width } = sheet;
  const sides = lead.verdict === 'not-checked' ? [] : formatSides(lead, width - 2 * indent.length, paint);
  const radius = describeBlastRadius(group);
  return [
    ...formatHeadline(sheet, lead),
    ...formatFacts(sheet, lead),
    ...sides.map((line) => indent + indent + line),
    ...(radius ? formatProse(radius, width, indent) : []),
    ...(lead.approval
      ? formatProse(`approval ${lead.approval.state}: ${describeApproval(lead)}`, width, indent).map((line) =>
          paint('notice', line),
        )
      : []),
    ...formatProse(makeVisible(lead.advice), width, `${indent}→ `),
  ];
}

/** Wraps prose after a lead; the lines that follow hang below the first word. */
function formatProse(text: string, width: number, lead: string): string[] {
  const hang = measureWidth(lead);
  return wrapProse(text, width - hang).map((line, index) => (index === 0 ? lead : ' '.repeat(hang)) + line);
}

/** The sentence, with the verdict's sign before it. */
function formatHeadline({ paint, width }: Sheet, found: Finding): string[] {
  const { glyph } = verdictSigns[found.verdict];
  return wrapProse(makeVisible(headlineText(found.headline)), width - indent.length).map(
    (line, index) => (index === 0 ? `${paint(found.verdict, glyph)} ` : indent) + paint('strong', line),
  );
}

/** `drift 4f2a91c3 · new · network · owner platform-network`, wrapped between its parts. */
function formatFacts({ report, paint, width }: Sheet, found: Finding): string[] {
  const history = report.history[found.fingerprint];
  const parts = [
    `${verdictSigns[found.verdict].word} ${shortId(found)}`,
    ...(history ? [history.isNew ? 'new' : `since ${history.firstSeen.slice(0, 10)}`] : []),
    ...(history && history.reopened > 0 ? [`reopened ${history.reopened}×`] : []),
    found.layer,
    ...(found.workload ? [makeVisible(found.workload)] : []),
    found.owner ? `owner ${makeVisible(found.owner)}` : 'no owner',
  ];
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && measureWidth(joined) <= width - indent.length) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line) => indent + paint('quiet', line));
}

function* formatApproved({ report, paint, width }: Sheet): Generator<string> {
  if (report.approved.length === 0) return;
  const title = `approved ${report.approved.length}`;
  yield `\n${paint('quiet', `${title} ${'─'.repeat(Math.max(0, width - measureWidth(title) - 1))}`)}\n`;
  for (const found of report.approved) {
    const sentence = wrapProse(makeVisible(headlineText(found.headline)), width - indent.length);
    const reason = wrapProse(describeApproval(found), width - indent.length);
    yield `\n${sentence.map((line, index) => (index === 0 ? '• ' : indent) + line).join('\n')}\n`;
    yield `${reason.map((line) => indent + paint('quiet', line)).join('\n')}\n`;
  }
}

function* formatSummary({ report, paint, width }: Sheet, showsApproved: boolean): Generator<string> {
  const write = (role: Role | undefined, text: string, lead = '') =>
    formatProse(text, width, lead)
      .map((line) => `${role ? paint(role, line) : line}\n`)
      .join('');
  const list = (word: string, found: Problem) => write('problem', makeVisible(formatProblem(found)), `${word}: `);
  for (const found of report.problems) yield list('error', found);
  for (const found of report.warnings) yield list('warning', found);
  yield write(
    report.summary.findings === 0 ? undefined : 'strong',
    `${describeSubject(report)}: ${describeOutcome(report)}`,
  );
  const gaps = findGaps(report);
  if (gaps.length > 0 && report.summary.findings > 0)
    yield write('notice', `${capitalise(describeCompleteness(report))}:`);
  for (const gap of gaps) yield write('notice', describeGap(gap), indent);
  for (const announcement of announceApprovals(report)) yield write('notice', announcement);
  const approved = describeApproved(report);
  if (approved && !showsApproved) yield write('quiet', approved);
  if (report.exitCode !== 0) yield write('quiet', `Exit ${report.exitCode}: ${exitMeanings[report.exitCode]}.`);
  else if (!approved && report.mode === 'scan') yield write('quiet', describeNextExpiry(report));
}

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The second quiet line of a clean estate. */
function describeNextExpiry(report: Report): string {
  const next = [...report.approvals].sort((a, b) => Date.parse(a.expires) - Date.parse(b.expires))[0];
  if (!next) return `As of ${formatInstant(report.at)}, declared by ${makeVisible(report.revision)}.`;
  return `The next approval to end is ${makeVisible(next.id)}, ${describeDistance(report.at, next.expires)}.`;
}
