import { failed, type Json, ok, problem, type Result } from '@leeway/core';
import type { z } from 'zod';
import type { ReadContext } from './connector.ts';
import type { Asked } from './context/failure.ts';
import { type JsonRequest, requestJson } from './request-json.ts';

/** Asks for a JSON document of a known shape: {@link requestJson}, and LW3006 that names the field which is not as expected. */
export async function requestShape<Schema extends z.ZodType>(
  context: ReadContext,
  request: JsonRequest,
  schema: Schema,
): Promise<Result<z.output<Schema>>> {
  const answer = await requestJson(context, request);
  return answer.ok ? parseShape(schema, answer.value, request) : answer;
}

/** An answer as a schema reads it; LW3006 names the first field that is not as expected, never its value. */
export function parseShape<Schema extends z.ZodType>(
  schema: Schema,
  value: Json,
  { system, what }: Asked,
): Result<z.output<Schema>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') || 'at the top';
  return failed(problem('LW3006', { system, what, reason: `its field ${field} is not as documented` }));
}
