import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';

/** Groups of everybody the provider knows, by the name they sign in with. */
export type Members = Readonly<Record<string, readonly string[]>>;

export interface IdentityProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** A real OpenID provider on loopback, which asks for a name only. */
export async function startIdentityProvider(members: Members, redirectUri: string): Promise<IdentityProvider> {
  const server = createServer();
  const issuer = await listen(server);
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'leeway', token_endpoint_auth_method: 'none', redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, name: `${id} of the provider`, groups: members[id] ?? [] }),
    }),
    cookies: { keys: ['test'] },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}

/** Goes through the provider's pages as somebody, and gives the address it sends the browser back to. */
export async function passProvider(start: string, name: string, back: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: Record<string, string> | undefined;
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(key, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    if (location !== null) {
      url = new URL(location, url).href;
      form = undefined;
      if (url.startsWith(back)) return url;
      continue;
    }
    form = page.includes('name="login"') ? { prompt: 'login', login: name, password: 'x' } : { prompt: 'consent' };
    url = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? url, url).href;
  }
  throw new Error('The provider sent nobody back');
}
