import { compilePolicy } from './policy.ts';
import { endWithSuggestion } from './suggestion.ts';

/** What is wrong with an expression. Lines and columns start at 1. */
export interface ExpressionMistake {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Checks the expression of a policy that nobody wrote down yet, as packs are checked. Undefined where it is sound. */
export function checkExpression(expression: string): ExpressionMistake | undefined {
  const compiled = compilePolicy({ code: 'TRIAL', title: 'Trial', expression, message: 'Trial', params: {} });
  const [fault] = compiled.ok ? [] : compiled.faults;
  if (!fault) return undefined;
  const before = expression.slice(0, fault.offset).split('\n');
  const message = `${fault.message.replace(/[.?!]$/, '')}${endWithSuggestion(fault.suggestion)}`;
  return { message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
