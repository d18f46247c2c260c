import { scanSql } from './scan.ts';

/** Splits text at commas that stand outside brackets and quotes; parts are trimmed. */
export function splitList(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const token of scanSql(text)) {
    if (token.text === '(' || token.text === '[') depth++;
    if (token.text === ')' || token.text === ']') depth--;
    if (token.text === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token.text;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The text inside the bracket that opens at `open`, and the offset after its close. */
export function bracketAt(text: string, open: number): { readonly inside: string; readonly end: number } {
  let depth = 0;
  for (const token of scanSql(text.slice(open))) {
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth === 0) {
      return { inside: text.slice(open + 1, open + token.start), end: open + token.start + 1 };
    }
  }
  return { inside: text.slice(open + 1), end: text.length };
}
