import type { Place } from '@leeway/core';

/** One line of a configuration file: its first word in lower case, and the others. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly place: Place;
}

/** What a line is, or undefined where its quotes do not close. */
type Words = readonly string[] | undefined;

/**
 * Lines of redis.conf: words, in quotes where they hold space, `#` at the beginning for comments.
 * `broken` names the lines whose quotes do not close.
 */
export function parseConf(
  text: string,
  file: string,
): { readonly directives: readonly Directive[]; readonly broken: readonly Place[] } {
  const directives: Directive[] = [];
  const broken: Place[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const place = { file, line: index + 1 };
    const parsed = splitWords(line);
    if (!parsed) {
      broken.push(place);
      continue;
    }
    const [name = '', ...args] = parsed;
    directives.push({ name: name.toLowerCase(), args, place });
  }
  return { directives, broken };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' };

/** Words of a line: bare, in double quotes with escapes, or in single quotes (sdssplitargs of Redis). */
function splitWords(line: string): Words {
  const words: string[] = [];
  const token = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"']+))(?=\s|$)/y;
  while (token.lastIndex < line.length) {
    const found = token.exec(line);
    if (!found) return undefined;
    const [, double, single, bare = ''] = found;
    if (double !== undefined) words.push(readEscapes(double));
    else words.push(single === undefined ? bare : single.replaceAll("\\'", "'"));
  }
  return words;
}

function readEscapes(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return escapes[char ?? ''] ?? char ?? '';
  });
}
