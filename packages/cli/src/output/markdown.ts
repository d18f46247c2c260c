import { type Finding, type FindingGroup, formatProblem, type HeadlinePart } from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { RenderOptions } from './format.ts';
import { formatInstant } from './instant.ts';
import { codeSpan, escapeMarkdown, tableCell } from './markdown-text.ts';
import { countOf, makeVisible } from './text.ts';
import { compareFinding } from './value.ts';
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
  nameSide,
  severitySigns,
  shortId,
  verdictSigns,
} from './words.ts';

/** GitHub and GitLab cut or refuse comments near 65,536 characters. */
const limit = 65_000;
/** Rows of one finding's table, and characters of one value in it. */
const rowLimit = 10;
const textLimit = 300;

/** A pull-request comment: at most 65,000 characters; what does not fit is counted, never silently dropped. */
export function* renderMarkdown(report: Report, options: RenderOptions): Generator<string> {
  const head = formatHead(report);
  const foot = formatFoot(report);
  const approved = options.showApproved ? report.approved.map(formatApproved) : [];
  const blocks = [...report.groups.map((group) => formatGroup(report, group)), ...approved];
  const note = (left: number) =>
    `\n**${countOf(left, 'more row')}** did not fit into this comment; the other formats (\`--format html\`, \`json\`) hold all of them.\n`;
  let room = limit - head.length - foot.length - note(blocks.length).length;
  yield head;
  for (const [index, block] of blocks.entries()) {
    if (block.length > room) {
      yield note(blocks.length - index);
      break;
    }
    room -= block.length;
    yield block;
  }
  yield foot;
}

function formatHead(report: Report): string {
  const count = report.summary.findings;
  const title = count === 0 ? 'no differences' : countOf(count, 'finding');
  const lines = [
    // The marker lets a bot find its earlier comment and replace it.
    '<!-- leeway-report -->',
    `### Leeway: ${title} in ${escapeMarkdown(describeSubject(report))}`,
    '',
    escapeMarkdown(describeOutcome(report)),
    '',
  ];
  const gaps = findGaps(report);
  if (gaps.length > 0)
    lines.push(
      `**${escapeMarkdown(describeCompleteness(report))}**`,
      '',
      ...shorten(gaps.map((gap) => `- ▨ ${escapeMarkdown(describeGap(gap))}`)),
      '',
    );
  const problems = [...report.problems, ...report.warnings].map(
    (found) => `- ${escapeMarkdown(makeVisible(formatProblem(found)))}`,
  );
  if (problems.length > 0) lines.push(...shorten(problems), '');
  return lines.join('\n');
}

const listLimit = 20;
function shorten(lines: readonly string[]): string[] {
  const kept = lines
    .slice(0, listLimit)
    .map((line) => (line.length > 600 ? `${line.slice(0, 600).replace(/[\\&][^\\&]{0,8}$/, '')}…` : line));
  return lines.length > listLimit ? [...kept, `- … ${lines.length - listLimit} more`] : kept;
}

function formatFoot(report: Report): string {
  const parts = [describeApproved(report), ...announceApprovals(report).slice(0, listLimit)].filter(Boolean);
  const stamp = `As of ${formatInstant(report.at)}, declared at ${report.revision}. Exit ${report.exitCode}: ${exitMeanings[report.exitCode]}.`;
  return `\n${[...parts, stamp].map((text) => `<sub>${escapeMarkdown(text)}</sub>`).join('\n')}\n`;
}

/** Names and places become code; predicates, people and times stay prose, as a person would write them. */
const codeRoles: ReadonlySet<HeadlinePart['role']> = new Set(['resource', 'environment', 'place']);

function formatHeadline(parts: readonly HeadlinePart[]): string {
  const write = ({ text, role }: HeadlinePart) =>
    codeRoles.has(role) ? codeSpan(shortenText(text)) : escapeMarkdown(shortenText(text));
  return parts.map(write).join('');
}

function shortenText(text: string): string {
  return text.length > textLimit ? `${text.slice(0, textLimit)}… (${text.length - textLimit} more characters)` : text;
}

function formatGroup(report: Report, group: FindingGroup): string {
  const lead = group.findings[0];
  if (!lead) return '';
  const severity = severitySigns[lead.severity];
  const verdict = verdictSigns[lead.verdict];
  const history = report.history[lead.fingerprint];
  const facts = [
    `**${severity.glyph} ${severity.word}**`,
    `${verdict.glyph} ${verdict.word}`,
    ...(history?.isNew ? ['new'] : []),
    lead.owner ? `owner ${codeSpan(shortenText(lead.owner))}` : 'no owner',
    ...(describeBlastRadius(group) ? [escapeMarkdown(describeBlastRadius(group))] : []),
  ];
  return `\n${formatHeadline(lead.headline)}\n${facts.join(' · ')}\n\n${formatDetails(lead)}\n`;
}

function formatDetails(found: Finding): string {
  const sides = found.verdict === 'not-checked' ? [] : formatSides(found);
  return [
    '<details><summary>Both sides, and what to do</summary>',
    '',
    ...(found.path ? [`at ${codeSpan(shortenText(found.path))}`, ''] : []),
    ...sides,
    ...(found.approval
      ? [`Approval ${found.approval.state}: ${escapeMarkdown(shortenText(describeApproval(found)))}`, '']
      : []),
    `**Next:** ${escapeMarkdown(shortenText(found.advice))}`,
    '',
    `\`leeway explain ${shortId(found)}\``,
    '',
    '</details>',
  ].join('\n');
}

function formatSides(found: Finding): string[] {
  const { sides, rows } = compareFinding(found);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const code = (text: string | undefined) => (text ? tableCell(codeSpan(shortenText(text))) : '');
  const more = rows.length > rowLimit ? [line([`… ${rows.length - rowLimit} more`, ...sides.map(() => '')])] : [];
  const hasPlace = sides.some((side) => found[side].place);
  return [
    line(['', ...sides.map((side) => tableCell(escapeMarkdown(nameSide(found, found[side]))))]),
    line(['---', ...sides.map(() => '---')]),
    ...rows.slice(0, rowLimit).map((row) => line([code(row.label), ...sides.map((side) => code(row[side]?.text))])),
    ...more,
    ...(hasPlace ? [line(['where', ...sides.map((side) => code(found[side].place))])] : []),
    '',
  ];
}

function formatApproved(found: Finding): string {
  return `\n• approved: ${formatHeadline(found.headline)}\n${escapeMarkdown(shortenText(describeApproval(found)))}\n`;
}
