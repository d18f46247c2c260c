import { join } from 'node:path';
import type { LeewayStore } from '@leeway/store';
import { openStore } from '@leeway/store';
import type { Benchmark } from './benchmark.ts';
import { figure, held, information, type Result } from './result.ts';
import { required, scanSample } from './scan-sample.ts';

/** What a rescan adds to the embedded store, where one in a thousand resources changed. */
export const storing: Benchmark = {
  name: 'storing',
  async run({ quick, scratch, say }): Promise<readonly Result[]> {
    const resources = quick ? 50_000 : 500_000;
    const store = required(await openStore({ kind: 'embedded', folder: join(scratch, 'state') }));
    try {
      say(`scanning ${figure(resources)} resources into the embedded store`);
      const empty = await bytesIn(store);
      await scanSample({ resources, drift: 0, now: '2026-06-01T12:00:00Z' }, store);
      const first = await bytesIn(store);
      say('scanning them again, one in a thousand changed');
      await scanSample({ resources, drift: 0.001, now: '2026-06-01T13:00:00Z' }, store);
      const added = (await bytesIn(store)) - first;
      const against = `the first scan: ${figure((first - empty) / 2 ** 20)} MiB`;
      return [
        held(
          `stored by a rescan of ${figure(resources)} resources, 0.1 % changed`,
          added / 2 ** 20,
          'MiB',
          added / (first - empty),
          against,
          { atMost: 0.01 },
        ),
        information('stored by a first scan', (first - empty) / resources, 'bytes a resource'),
      ];
    } finally {
      await store.close();
    }
  },
};

/** Bytes of everything the store keeps, indexes and empty space in its tables included. */
async function bytesIn(store: LeewayStore): Promise<number> {
  return Object.values(await store.sizes()).reduce((sum, part) => sum + part.bytes, 0);
}
