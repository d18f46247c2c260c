import { ProblemError, problem, type Result } from '@leeway/core';

/** The value of a result; throws its first problem, which is then the answer. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problems[0] ?? problem('LW8008', { id: '' }));
}
