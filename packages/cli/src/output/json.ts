import type { Report } from '@leeway/engine';

/** Characters JSON leaves as they are though a terminal or a reader may act on them; escaped, the value stays the same. */
const unescaped = /[\u007f-\u009f\p{Zl}\p{Zp}]|\p{Bidi_Control}/gu;

function writeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    unescaped,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function indentBy(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

/**
 * The report as JSON, described by `schema/report.schema.json`. It holds no measured times, so that two runs with the
 * same input and the same `--now` give the same bytes. Groups name their findings by fingerprint instead of repeating them.
 */
export function* renderJson(report: Report): Generator<string> {
  const { findings, groups, approved, sources, ...rest } = report;
  const head = {
    ...rest,
    sources: sources.map(({ milliseconds: _measured, ...source }) => source),
    groups: groups.map((group) => ({ ...group, findings: group.findings.map((found) => found.fingerprint) })),
  };
  yield `${writeJson(head).slice(0, -2)},\n`;
  yield* writeList('findings', findings);
  yield ',\n';
  yield* writeList('approved', approved);
  yield '\n}\n';
}

/** One item at a time: a large report is never one string. */
function* writeList(name: string, items: readonly unknown[]): Generator<string> {
  if (items.length === 0) {
    yield `  "${name}": []`;
    return;
  }
  yield `  "${name}": [\n`;
  let first = true;
  for (const item of items) {
    yield `${first ? '' : ',\n'}    ${indentBy(writeJson(item), 4)}`;
    first = false;
  }
  yield '\n  ]';
}
