import type { BrowserContext } from 'playwright-core';
import type { Role } from '../../packages/server/src/identity/permissions.ts';
import { Client } from '../../packages/server/test/client.ts';
import type { ExampleServer } from './example-server.ts';

export const password = 'a long enough password';

/** Somebody to make: a role, and where it holds. */
export interface Wanted {
  readonly name: string;
  readonly role: Role;
  readonly environments?: readonly string[];
}

/** Uses the one-time link of a fresh server; the first administrator, signed in. */
export async function firstAdministrator(server: ExampleServer, name = 'a.jansen'): Promise<Client> {
  const client = new Client(server.listensAt);
  const link = new URL(server.setUpUrl ?? '').searchParams.get('link');
  const answer = await client.post('/session/set-up', { link, name, password });
  if (answer.status !== 204) throw new Error(`Set-up was answered with ${answer.text}`);
  await client.readCsrf();
  return client;
}

export async function addPerson(admin: Client, { name, role, environments = [] }: Wanted): Promise<void> {
  const answer = await admin.post('/people', { name, password, role, environments, workloads: [] });
  if (answer.status !== 201) throw new Error(`Adding ${name} was answered with ${answer.text}`);
}

/** A client signed in with a local account. */
export async function signedIn(server: ExampleServer, name: string): Promise<Client> {
  const client = new Client(server.listensAt);
  const answer = await client.post('/session', { name, password });
  if (answer.status !== 204) throw new Error(`${name} was not signed in: ${answer.text}`);
  await client.readCsrf();
  return client;
}

/** Gives a browser the session of a client: signing in by hand is a story of its own. */
export async function lend(client: Client, context: BrowserContext, url: string): Promise<void> {
  await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })));
}
