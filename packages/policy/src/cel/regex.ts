import { RE2JS } from 're2js';
import { rememberByText } from './remember.ts';

/** A compiled RE2 expression: linear in the text's length whatever the pattern. Throws on a pattern RE2 refuses. */
const compileRegex = rememberByText((pattern) => RE2JS.compile(pattern), 1000);

/** Whether the pattern occurs anywhere in the text, as CEL defines `matches`. */
export function testRegex(text: string, pattern: string): boolean {
  return compileRegex(pattern).test(text);
}

/** Why RE2 refuses a pattern, or undefined when it does not. */
export function findRegexFault(pattern: string): string | undefined {
  try {
    compileRegex(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
