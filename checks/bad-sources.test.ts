import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BadServer, badServers, type Listening, listen } from './support/bad-servers.ts';
import { leeway, testFolder } from './support/leeway.ts';

interface Report {
  readonly exitCode: number;
  readonly sources: readonly { readonly source: string; readonly completeness: readonly Completeness[] }[];
  readonly findings: readonly { readonly source: string; readonly verdict: string; readonly path: string }[];
}
interface Completeness {
  readonly state: string;
  readonly problems: readonly { readonly code: string }[];
}

/** Ten ways to fail and what each is told as; `refused` is a port nobody listens at. */
const faulty = {
  refused: /LW3001/,
  hangs: /LW3005/,
  resets: /LW3001|LW3011/,
  garbage: /LW3001|LW3006/,
  'drips-headers': /LW3005|LW3001/,
  'drips-body': /LW3005/,
  half: /LW3011|LW3006/,
  huge: /LW3012|LW3005/,
  unauthorized: /LW3002/,
  throttles: /LW3004/,
} as const;

/** Sends as fast as anybody takes it, without end. */
const huge: BadServer = {
  name: 'huge',
  talk(socket) {
    const piece = Buffer.alloc(2 ** 16, ' ');
    const send = () => {
      while (socket.write(piece));
    };
    socket.on('drain', send);
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
      send();
    });
  },
};

const healthy = Array.from({ length: 30 }, (_, at) => `good-${at}`);
const drifted = healthy.slice(0, 5);
const deadline = 3;

const rules = 'groups: [{name: g, rules: [{alert: Late, expr: up == 0, for: 5m}]}]\n';
const live = (duration: number) => ({
  status: 'success',
  data: { groups: [{ name: 'g', file: 'r', rules: [{ type: 'alerting', name: 'Late', query: 'up == 0', duration }] }] },
});

describe('forty sources, ten of them faulty', { timeout: 120_000 }, () => {
  const listening = new Map<string, Listening>();
  /** Answers under way at the healthy server now, and the most there were. */
  const load = { now: 0, most: 0 };
  const good = createServer((request, response) => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    // A turn of the event loop, so that readings that run together are seen together.
    setImmediate(() => {
      load.now -= 1;
      const [, source = ''] = request.url?.split('/') ?? [];
      response.end(JSON.stringify(live(drifted.includes(source) ? 60 : 300)));
    });
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => good.listen(0, '127.0.0.1', resolve));
    for (const server of [...badServers, huge].filter(({ name }) => name in faulty))
      listening.set(server.name, await listen(server));
    const gone = await listen({ name: 'refused', talk: () => undefined });
    await gone.stop();
    listening.set('refused', { port: gone.port, stop: async () => undefined });
  });
  afterAll(async () => {
    good.closeAllConnections();
    good.close();
    for (const server of listening.values()) await server.stop();
  });

  async function scan(more: readonly string[] = []): Promise<Report> {
    const address = good.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const source = (name: string, url: string) =>
      `  ${name}: {deadline: ${deadline}s, connector: prometheus, declared: {files: rules.yaml}, observed: {url: '${url}'}}\n`;
    const sources = [
      ...healthy.map((name) => source(name, `http://127.0.0.1:${port}/${name}`)),
      ...Object.keys(faulty).map((name) => source(name, `http://127.0.0.1:${listening.get(name)?.port}`)),
    ];
    const yaml = `estate: forty\nenvironments: {one: {stage: production}}\nsources:\n${sources.join('')}`;
    const cwd = testFolder({ 'leeway.yaml': yaml, 'rules.yaml': rules });
    const outcome = await leeway(['scan', '--no-store', '--format', 'json', ...more], { cwd });
    expect(outcome.stderr).toBe('');
    return JSON.parse(outcome.stdout) as Report;
  }

  it('are read as many at a time as was asked for', async () => {
    load.most = 0;
    await scan(['--concurrency', '2', ...healthy.flatMap((name) => ['--source', name])]);
    expect(load.most).toBeLessThanOrEqual(2);
    await scan(['--concurrency', '16', ...healthy.flatMap((name) => ['--source', name])]);
    expect(load.most).toBeGreaterThan(2);
    expect(load.most).toBeLessThanOrEqual(16);
  });

  it('give a full and correct report, within the time that the faulty ones may take', async () => {
    const started = performance.now();
    const report = await scan();
    const seconds = (performance.now() - started) / 1000;
    expect(report.sources).toHaveLength(80);
    // Drift was found for certain, and that counts before what could not be looked at.
    expect(report.exitCode).toBe(2);

    const found = (verdict: string) =>
      report.findings.filter((finding) => finding.verdict === verdict).map(({ source, path }) => `${source} ${path}`);
    expect(found('drift').sort()).toEqual(drifted.map((name) => `${name} /for`).sort());
    const unchecked = new Set(
      report.findings.filter(({ verdict }) => verdict === 'not-checked').map((each) => each.source),
    );
    expect([...unchecked].sort()).toEqual(Object.keys(faulty).sort());
    expect(new Set(report.findings.map(({ verdict }) => verdict))).toEqual(new Set(['drift', 'not-checked']));

    for (const [name, codes] of Object.entries(faulty)) {
      const told = report.sources
        .filter(({ source }) => source === name)
        .flatMap(({ completeness }) => completeness.flatMap(({ problems }) => problems.map(({ code }) => code)));
      expect({ name, told }).toEqual({ name, told: expect.arrayContaining([expect.stringMatching(codes)]) });
    }
    // No faulty source may cost more than its own deadline, not even one after the other.
    expect(seconds).toBeLessThan(deadline * Object.keys(faulty).length);
  });
});
