import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../../checks/postgres-server.ts';
import { administrator, type ExampleServer, startExample } from '../../../../../e2e/support/example-server.ts';
import { call, readEvents } from './testing/client.ts';

interface JobDocument {
  readonly id: string;
  readonly state: string;
  readonly progress?: { readonly done: number; readonly total: number; readonly resources: number };
  readonly outcome?: { readonly findings: number };
}

/** Scans on one kind of store. */
function testScans(database: () => string | undefined): void {
  let server: ExampleServer;
  beforeAll(async () => {
    const url = database();
    const store = url === undefined ? {} : { database: url };
    server = await startExample({ principal: administrator, web: false, ...store });
  }, 240_000);
  afterAll(() => server?.close());

  it('runs a scan that is asked for and tells its progress until it is done', async () => {
    const started = await call<JobDocument>(server.url, 'POST', '/scans', {});
    expect(started.status).toBe(202);
    const seen: JobDocument[] = [];
    for await (const event of readEvents(`${server.url}/api/v1/jobs/${started.body.id}/events`)) {
      expect(event.name).toBe('job');
      seen.push(event.data as JobDocument);
    }
    const last = seen.at(-1);
    expect(last).toMatchObject({ state: 'done', attempts: 1, cause: 'request', requestedBy: 'a.jansen' });
    expect(last?.outcome?.findings).toBeGreaterThan(0);
    expect(last?.progress?.done).toBe(last?.progress?.total);
    const listed = await call<{ items: JobDocument[] }>(server.url, 'GET', '/jobs');
    expect(listed.body.items.map(({ id }) => id)).toContain(started.body.id);
  });

  it('tells the estate what moved', async () => {
    const events = readEvents(`${server.url}/api/v1/events`);
    const seen = new Set<string>();
    const started = await call<JobDocument>(server.url, 'POST', '/scans', { environments: ['production-eu'] });
    expect(started.status).toBe(202);
    for await (const event of events) {
      seen.add(event.name);
      if (seen.has('jobs') && seen.has('findings')) break;
    }
    expect([...seen]).toEqual(expect.arrayContaining(['jobs', 'findings']));
  });

  it('refuses a scan of what is not there', async () => {
    const refused = await call<{ code: string }>(server.url, 'POST', '/scans', { environments: ['productoin-eu'] });
    expect(refused).toMatchObject({ status: 404, body: { code: 'LW3018' } });
  });

  it('does not cancel what ended, and runs again only what failed', async () => {
    const { items } = (await call<{ items: JobDocument[] }>(server.url, 'GET', '/jobs?state=done')).body;
    const id = items[0]?.id;
    expect(await call(server.url, 'DELETE', `/jobs/${id}`)).toMatchObject({ status: 409, body: { code: 'LW8201' } });
    const replayed = await call(server.url, 'POST', `/jobs/${id}/replay`);
    expect(replayed).toMatchObject({ status: 409, body: { code: 'LW8201' } });
  });
}

describe('scans on the embedded store', () => testScans(() => undefined));

const postgres = await startPostgres();
describe.skipIf('skipped' in postgres)('scans on PostgreSQL', () => {
  const { url, stop } = postgres as PostgresServer;
  afterAll(() => stop());
  testScans(() => url);
});
