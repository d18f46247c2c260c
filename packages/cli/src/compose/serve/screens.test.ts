import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, type ExampleServer, startExample } from '../../../../../e2e/support/example-server.ts';
import { call } from './testing/client.ts';

describe('the screens of the example estate', () => {
  let server: ExampleServer;
  const schedules = 'schedules:\n  nightly:\n    cron: "0 2 * * *"\n    zone: Europe/Amsterdam\n    sources: [erp]\n';
  const prepare = (directory: string) => writeFileSync(join(directory, 'server.yaml'), schedules);
  beforeAll(async () => {
    server = await startExample({ principal: administrator, web: false, prepare });
  }, 240_000);
  afterAll(() => server?.close());

  it('count its findings, their causes and what is approved', async () => {
    const open = await call(server.url, 'GET', '/findings?limit=5');
    expect(open.body).toMatchObject({ total: 26, findings: 28 });
    const approved = await call(server.url, 'GET', '/findings?state=approved&limit=5');
    expect(approved.body).toMatchObject({ findings: 22 });
  });

  it('tell when a source is read next', async () => {
    const { items } = (
      await call<{ items: { source: string; schedule?: string; nextRun?: string }[] }>(server.url, 'GET', '/sources')
    ).body;
    const erp = items.filter(({ source }) => source === 'erp');
    expect(erp.length).toBeGreaterThan(0);
    for (const one of erp) {
      expect(one.schedule).toBe('0 2 * * * Europe/Amsterdam');
      expect(one.nextRun).toMatch(/T0[01]:0\d:/);
    }
    expect(items.filter(({ source, schedule }) => source !== 'erp' && schedule !== undefined)).toEqual([]);
  });
});
