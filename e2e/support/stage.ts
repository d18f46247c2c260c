import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Client } from '../../packages/server/test/client.ts';
import { launchBrowser, type Theme, type Visit, visit, type Width } from './browser.ts';
import { type ExampleServer, startExample } from './example-server.ts';
import { addPerson, firstAdministrator, lend, signedIn, type Wanted } from './people.ts';
import type { StoryStore } from './stores.ts';

/** What the stories of one file share: a server over the example, a browser, and the people of it. */
export interface Stage {
  readonly server: ExampleServer;
  readonly admin: Client;
  readonly browser: Browser;
  /** A page of somebody who is signed in; closed when the test ends. */
  page(name: string, options?: { readonly width?: Width; readonly theme?: Theme }): Promise<Visit>;
  client(name: string): Promise<Client>;
}

/** Sets the stage for the stories of the describe block it is called in. The first administrator is a.jansen. */
export function useStage(
  store: StoryStore,
  people: readonly Wanted[],
  prepare?: (directory: string) => void,
): () => Stage {
  let stage: Stage | undefined;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const opened = await store.open();
    closing.push(() => opened.stop());
    if (opened.skipped !== undefined) throw new Error(opened.skipped);
    const { database } = opened;
    const server = await startExample({ ...(database !== undefined && { database }), ...(prepare && { prepare }) });
    closing.push(() => server.close());
    const browser = await launchBrowser();
    closing.push(() => browser.close());
    const admin = await firstAdministrator(server);
    for (const wanted of people) await addPerson(admin, wanted);
    const client = (name: string) => (name === 'a.jansen' ? Promise.resolve(admin) : signedIn(server, name));
    stage = {
      server,
      admin,
      browser,
      client,
      async page(name, options = {}) {
        const visitor = await visit(browser, server.url, options);
        onTestFinished(() => visitor.close());
        await lend(await client(name), visitor.page.context(), server.url);
        return visitor;
      },
    };
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });
  return () => {
    if (!stage) throw new Error('The stage is not set');
    return stage;
  };
}
