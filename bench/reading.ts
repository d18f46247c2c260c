import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { generateNdjson } from '@leeway/connectors/sample/index.ts';
import type { Benchmark } from './benchmark.ts';
import { runChild } from './child.ts';
import { figure, held, heldItself, information, median, type Result } from './result.ts';

interface Reply {
  /** Seconds of each round. */
  readonly parse: readonly number[];
  readonly snapshot: readonly number[];
  readonly count: number;
  /** Bytes of bodies as they are stored. */
  readonly packed: number;
  readonly residentBytes: number;
}

/** Reading an estate into a snapshot: parse, mask, normalise, digest, pack, index, on one core. */
export const reading: Benchmark = {
  name: 'reading',
  async run({ quick, scratch, say }): Promise<readonly Result[]> {
    const count = quick ? 100_000 : 1_000_000;
    const file = join(scratch, 'estate.ndjson');
    say(`writing ${count} resources`);
    const bytes = writeEstate(file, count);
    say('reading them');
    const reply = runChild<Reply>('read-estate.ts', { file, rounds: quick ? 5 : 3 });
    const seconds = median(reply.snapshot);
    const ratio = median(reply.snapshot.map((each, round) => each / (reply.parse[round] ?? Number.NaN)));
    const what = `${figure(count)} resources of ${figure(bytes / count)} bytes`;
    const against = `JSON.parse of the same lines: ${figure(median(reply.parse))} s`;
    return [
      held(`read ${what} into a snapshot`, seconds, 's', ratio, against, { atMost: 4 }),
      heldItself('memory resident while reading', reply.residentBytes / 2 ** 30, 'GiB', { atMost: 1.5 }),
      information('bodies as they are stored', reply.packed / count, 'bytes each'),
    ];
  },
};

/** Processor seconds that reading this many resources into a snapshot takes. */
export function readingSeconds(scratch: string, count: number, rounds: number): number {
  const file = join(scratch, 'estate.ndjson');
  writeEstate(file, count);
  return median(runChild<Reply>('read-estate.ts', { file, rounds }).snapshot);
}

/** Writes an estate as newline-delimited JSON and gives its size in bytes. */
function writeEstate(file: string, count: number): number {
  const output = openSync(file, 'w');
  let bytes = 0;
  for (const chunk of generateNdjson(count, 1)) bytes += writeSync(output, chunk);
  closeSync(output);
  return bytes;
}
