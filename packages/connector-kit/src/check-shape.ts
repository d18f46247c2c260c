import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import type { ParsedDocument } from '@leeway/formats';
import type { z } from 'zod';

/** More faults of one document than this say nothing new. */
const mostFaults = 10;

/**
 * The document (or the part of it at `pointer`) as a schema reads it. LW2009 for each fault, at the place of the field.
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  document: ParsedDocument,
  file: string,
  part: { readonly value: unknown; readonly pointer: string } = { value: document.value, pointer: '' },
): Result<z.output<Schema>> {
  const parsed = schema.safeParse(part.value);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.slice(0, mostFaults).map((issue): Problem => {
    const steps = issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
    const place = document.placeOf(part.pointer + steps.join(''));
    const field = issue.path.findLast((step) => typeof step === 'string');
    const values = {
      what: field ? `An unexpected "${String(field)}"` : 'An unexpected document',
      expected: issue.message,
    };
    return problem('LW2009', values, { file, ...place });
  });
  return failed(...problems);
}
