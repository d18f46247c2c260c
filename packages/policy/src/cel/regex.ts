import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();
/** Patterns are few (they stand in policies), unless a policy builds them from resources: then the oldest make room. */
const maximumRemembered = 1000;

/** A compiled RE2 expression: linear in the text's length whatever the pattern. Throws on a pattern RE2 refuses. */
export function compileRegex(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const fresh = RE2JS.compile(pattern);
  const oldest = compiled.size >= maximumRemembered ? compiled.keys().next().value : undefined;
  if (oldest !== undefined) compiled.delete(oldest);
  compiled.set(pattern, fresh);
  return fresh;
}

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
