/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The document; undefined where there is none. */
  readonly body: Record<string, unknown> & { readonly code?: string };
  readonly text: string;
}

/** Calls the API as a browser does: keeps cookies, says where it comes from, carries the token against forgery. */
export class Client {
  readonly base: string;
  readonly cookies = new Map<string, string>();
  /** Sent with every call; tests change them. */
  readonly headers = new Map<string, string>();

  constructor(base: string) {
    this.base = base;
    this.headers.set('origin', base);
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.call('POST', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  /** A call below /api/v1, or of another address where the path begins with `//`. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const url = path.startsWith('//') ? `${this.base}${path.slice(1)}` : `${this.base}/api/v1${path}`;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...Object.fromEntries(this.headers),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (isEndless) await response.body?.cancel();
    const text = isEndless ? '' : await response.text();
    const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {}, text };
  }

  /** Learns the token against forgery from /me. */
  async readCsrf(): Promise<void> {
    const { body } = await this.get('/me');
    this.headers.set('x-csrf-token', String(body['csrf']));
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
