import { type ReadContext, requestJson } from '@leeway/connector-kit';
import { failed, isJsonObject, type JsonObject, ok, problem, type Result } from '@leeway/core';
import type { Connection } from './connect.ts';

/** An answer with the status it came with: 410 tells that a list must be started anew. */
export interface Answer {
  readonly status: number;
  readonly result: Result<JsonObject>;
}

/** Asks the API server for one JSON object. `permission` is what a refusal asks to grant. */
export async function ask(
  connection: Connection,
  path: string,
  what: string,
  context: ReadContext,
  options: { readonly permission?: string; readonly accept?: string } = {},
): Promise<Answer> {
  let status = 0;
  const fetch: ReadContext['fetch'] = async (input, init) => {
    const response = await connection.fetch(input, init);
    status = response.status;
    return response;
  };
  const { permission, accept = 'application/json' } = options;
  const result = await requestJson(
    { ...context, fetch },
    {
      system: connection.system,
      what,
      url: connection.server + path,
      init: { headers: { ...connection.headers, accept } },
      ...(permission && { permission }),
    },
  );
  if (!result.ok) return { status, result };
  if (isJsonObject(result.value)) return { status, result: ok(result.value) };
  return { status, result: failed(unreadable(connection, what, 'it is not an object')) };
}

export function unreadable({ system }: Connection, what: string, reason: string) {
  return problem('LW3006', { system, what, reason });
}
