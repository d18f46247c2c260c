import { matchesWildcard } from '@leeway/core/json/pointer.ts';
import { rememberByText } from './remember.ts';

/** The common shapes are told apart once a pattern: a policy asks the same few patterns about every resource. */
const matcherOf = rememberByText((pattern): ((text: string) => boolean) => {
  const stars = pattern.split('*').length - 1;
  if (stars === 0) return (text) => text === pattern;
  if (pattern === '*') return () => true;
  const rest = pattern.replace('*', '');
  if (stars === 1 && pattern.endsWith('*')) return (text) => text.startsWith(rest);
  if (stars === 1 && pattern.startsWith('*')) return (text) => text.endsWith(rest);
  return (text) => matchesWildcard(pattern, text);
}, 10_000);

/** Whether a text matches a pattern in which `*` stands for any run of characters. Linear time. */
export function isLike(text: string, pattern: string): boolean {
  return matcherOf(pattern)(text);
}
