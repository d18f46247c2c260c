import type { ApprovedDifference } from '@leeway/core';

/** Longest text a pattern is tried on. */
const maximumText = 10_000;

/**
 * Matches approved differences' `matches` patterns with RE2, which takes linear time on any input: values come from live
 * systems. Loaded only when some record has a pattern.
 */
export async function loadPatternMatcher(
  approved: readonly ApprovedDifference[],
): Promise<(pattern: string, text: string) => boolean> {
  if (!approved.some(({ allow }) => 'matches' in allow)) return () => false;
  const { RE2JS } = await import('re2js');
  const compiled = new Map<string, { matches(text: string): boolean }>();
  return (pattern, text) => {
    let expression = compiled.get(pattern);
    if (!expression) {
      expression = RE2JS.compile(pattern);
      compiled.set(pattern, expression);
    }
    return text.length <= maximumText && expression.matches(text);
  };
}
