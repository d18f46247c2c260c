import { headlineText } from '@leeway/core';
import type { Explanation } from '../use-cases.ts';
import { formatInstant } from './instant.ts';
import { makePaint } from './paint.ts';
import { formatSides, noLimits } from './table-sides.ts';
import { makeVisible, wrapProse } from './text.ts';
import { describeApproval, severitySigns, verdictSigns } from './words.ts';

/** Everything about one finding, for a person who has to decide: sentence, both sides in full, how it was judged, what happened. */
export function* renderExplanation(
  { finding: found, history, events }: Explanation,
  options: { readonly width: number; readonly colour: boolean },
): Generator<string> {
  const paint = makePaint(options.colour);
  const width = Math.max(40, Math.min(120, options.width));
  const severity = severitySigns[found.severity];
  const verdict = verdictSigns[found.verdict];
  const prose = (text: string, lead = '  ') =>
    wrapProse(makeVisible(text), width - lead.length)
      .map((line, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}${line}\n`)
      .join('');
  const title = (text: string) => `\n${paint('strong', text)}\n`;

  yield `${paint(found.severity, `${severity.glyph} ${severity.word}`)} ${paint(found.verdict, `${verdict.glyph} ${verdict.word}`)} ${found.fingerprint}\n`;
  yield prose(headlineText(found.headline), '');
  yield title('Where');
  yield prose(
    `${found.kind} ${found.name} (${found.layer}, source ${found.source}) in ${found.environment}${found.reference ? `, held against ${found.reference}` : ''}`,
  );
  yield prose(`workload ${found.workload ?? 'none'} · owner ${found.owner ?? 'none'}`);
  yield title('Both sides');
  for (const line of formatSides(found, width - 2, paint, noLimits)) yield `  ${line}\n`;
  yield title('Why');
  for (const line of found.trace) yield prose(line, '  • ');
  if (found.problem) yield prose(`${found.problem.message} (${found.problem.code}) ${found.problem.hint}`, '  • ');
  yield title('What happened');
  yield prose(describeChange(found.attribution));
  yield prose(
    `First seen ${formatInstant(history.firstSeen)}, last seen ${formatInstant(history.lastSeen)}${history.resolvedAt ? `, resolved ${formatInstant(history.resolvedAt)}` : ''}${history.reopened > 0 ? `, reopened ${history.reopened}×` : ''}.`,
  );
  for (const event of events) yield prose(`${formatInstant(event.at)} ${event.event}: ${event.headline}`, '  • ');
  if (found.approval) yield title('Approved difference') + prose(`${found.approval.state}: ${describeApproval(found)}`);
  yield title('What to do') + prose(found.advice);
}

function describeChange({ actor, at, via }: Explanation['finding']['attribution']): string {
  const who = actor ?? 'somebody no audit trail names';
  return `Changed ${at ? formatInstant(at) : 'at an unknown time'} by ${who}${via ? ` in ${via}` : ''}.`;
}
