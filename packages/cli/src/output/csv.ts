import { type Finding, headlineText } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { makeVisible } from './text.ts';
import { describeSide } from './value.ts';

type Column = readonly [name: string, read: (found: Finding, report: Report) => string | undefined];

const columns: readonly Column[] = [
  ['fingerprint', (found) => found.fingerprint],
  ['cause', (found) => found.cause],
  ['verdict', (found) => found.verdict],
  ['severity', (found) => found.severity],
  ['environment', (found) => found.environment],
  ['reference', (found) => found.reference],
  ['layer', (found) => found.layer],
  ['source', (found) => found.source],
  ['kind', (found) => found.kind],
  ['key', (found) => found.key],
  ['name', (found) => found.name],
  ['path', (found) => found.path],
  ['workload', (found) => found.workload],
  ['owner', (found) => found.owner],
  ['expected_from', (found) => found.expected.from],
  ['expected', (found) => describeSide(found.expected)],
  ['expected_place', (found) => found.expected.place],
  ['actual_from', (found) => found.actual.from],
  ['actual', (found) => describeSide(found.actual)],
  ['actual_place', (found) => found.actual.place],
  ['actor', (found) => found.attribution.actor],
  ['changed_at', (found) => found.attribution.at],
  ['changed_via', (found) => found.attribution.via],
  ['policy', (found) => found.policy],
  ['problem', (found) => found.problem?.code],
  ['approval', (found) => found.approval?.id],
  ['approval_state', (found) => found.approval?.state],
  ['approval_expires', (found) => found.approval?.expires],
  ['first_seen', (found, report) => report.history[found.fingerprint]?.firstSeen],
  ['new', (found, report) => newness(found, report)],
  ['headline', (found) => headlineText(found.headline)],
  ['advice', (found) => found.advice],
];

function newness(found: Finding, report: Report): string | undefined {
  const history = report.history[found.fingerprint];
  return history && (history.isNew ? 'yes' : 'no');
}

/** What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), also in full width. Plain numbers are safe. */
const formula = /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/;
const number = /^-?\d+(?:\.\d+)?$/;

/** One field after RFC 4180, never a formula. */
export function writeField(value: string): string {
  const visible = makeVisible(value);
  const safe = formula.test(visible) && !number.test(visible) ? `'${visible}` : visible;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line a finding; approved ones follow with their approval where they are asked for. Lines end in CRLF (RFC 4180). */
export function* renderCsv(report: Report, options: { readonly showApproved: boolean }): Generator<string> {
  yield `${columns.map(([name]) => name).join(',')}\r\n`;
  const findings = options.showApproved ? [...report.findings, ...report.approved] : report.findings;
  for (const found of findings)
    yield `${columns.map(([, read]) => writeField(read(found, report) ?? '')).join(',')}\r\n`;
}
