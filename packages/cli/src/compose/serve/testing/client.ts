/** Calls a server under test. */
export async function call<T = unknown>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: T }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

export interface ServerEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Server-sent events of an address until the server ends the stream; comments and `retry` are not events. */
export async function* readEvents(address: string, signal?: AbortSignal): AsyncGenerator<ServerEvent> {
  const response = await fetch(address, { ...(signal && { signal }) });
  if (response.status !== 200 || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const found = /^event: (.+)\ndata: (.+)$/.exec(block);
      if (found) yield { name: found[1] ?? '', data: JSON.parse(found[2] ?? 'null') };
    }
  }
}
