import { failed, type Problem, problem, type Result } from '@leeway/core';
import { LineIndex, type ParsedDocument, report } from './document.ts';
import { stringEnd } from './json-scan.ts';
import { type Entry, flatDocument } from './properties.ts';

const assignment = /[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=[ \t]*|:[ \t]+)/y;
const blankOrComment = /[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;
const restOfLine = /[^\r\n]*/y;
const lineBreak = /\r\n|\r|\n/y;

/**
 * Parses a `.env` file: `KEY=value`, optional `export`, `#` comments, single, double and back quotes over several
 * lines. `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are escapes in double quotes only. `${OTHER}` is kept as written: what it
 * would expand to depends on who reads the file. Problems: LW2005 for a line that is none of this, every such line.
 */
export function parseDotenv(text: string, file: string): Result<ParsedDocument> {
  const lines = new LineIndex(text);
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    at = matchEnd(blankOrComment, text, at) ?? readEntry(text, at, entries) ?? -1;
    if (at === -1) {
      const reason = reasonAt(text, start);
      if (!report(problems, problem('LW2005', { format: '.env', reason }, lines.placeAt(file, start)))) break;
      at = matchEnd(restOfLine, text, start) ?? text.length;
    }
    at = matchEnd(lineBreak, text, at) ?? at;
  }
  return problems.length ? failed(...problems) : flatDocument(entries, text, file);
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Reads one assignment; returns the offset behind it, or undefined when there is none or a quote is not closed. */
function readEntry(text: string, start: number, entries: Entry[]): number | undefined {
  assignment.lastIndex = start;
  const match = assignment.exec(text);
  if (!match) return undefined;
  const at = start + (/^[ \t]*(?:export[ \t]+)?/.exec(match[0])?.[0].length ?? 0);
  const key = match[1] ?? '';
  const valueAt = assignment.lastIndex;
  const quote = text[valueAt] ?? '';
  if (quote === '' || !'"\'`'.includes(quote)) {
    const end = matchEnd(restOfLine, text, valueAt) ?? valueAt;
    entries.push({ key, value: plainValue(text.slice(valueAt, end)), at });
    return end;
  }
  // Searched for, not matched by a pattern: one that repeats over escapes overflows V8's stack on a long value.
  const end = quote === '"' ? stringEnd(text, valueAt) : text.indexOf(quote, valueAt + 1);
  const after = end === -1 || end >= text.length ? undefined : matchEnd(blankOrComment, text, end + 1);
  if (after === undefined) return undefined;
  const inner = text.slice(valueAt + 1, end);
  entries.push({ key, value: quote === '"' ? unescapeDouble(inner) : inner, at });
  return after;
}

function plainValue(rest: string): string {
  return rest.replace(/(?:^|[ \t]+)#.*$/, '').trim();
}

const doubleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

function unescapeDouble(inner: string): string {
  return inner.replace(/\\([\s\S])/g, (whole, character: string) => doubleEscapes[character] ?? whole);
}

function reasonAt(text: string, start: number): string {
  return matchEnd(assignment, text, start) === undefined
    ? 'a line is neither KEY=value nor a comment'
    : 'a quote is not closed, or text follows the closing quote';
}
