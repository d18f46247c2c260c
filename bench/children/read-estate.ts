import { open } from 'node:fs/promises';
import { type Resource, SnapshotBuilder } from '@leeway/core';
import { kinds, mask, neutralizer } from '../estate.ts';
import { answer, cpuSeconds, question } from './talk.ts';

/** Reads a file of resources, one JSON document a line, as often as asked: parsed alone, then into a snapshot. */
const { file, rounds } = question<{ readonly file: string; readonly rounds: number }>();

let count = 0;
let packed = 0;
let last: unknown;

async function parseAlone(): Promise<void> {
  for await (const line of await lines()) last = JSON.parse(line);
}

async function takeSnapshot(): Promise<void> {
  const builder = new SnapshotBuilder({ kinds, neutralizer, mask });
  packed = 0;
  for await (const line of await lines()) {
    builder.add(JSON.parse(line) as Resource);
    if (builder.pending >= 16) takePacks(builder);
  }
  count = builder.finish().count;
  takePacks(builder);
}

/** What a store would be given to keep. */
function takePacks(builder: SnapshotBuilder): void {
  for (const { bytes } of builder.takePacks()) packed += bytes.length;
}

async function lines(): Promise<AsyncIterable<string>> {
  return (await open(file)).readLines();
}

const parse: number[] = [];
const snapshot: number[] = [];
for (let round = 0; round < rounds; round++) {
  parse.push(await cpuSeconds(parseAlone));
  snapshot.push(await cpuSeconds(takeSnapshot));
}
answer({ parse, snapshot, count, packed, residentBytes: process.resourceUsage().maxRSS * 1024, last: typeof last });
