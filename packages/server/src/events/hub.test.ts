import type { Received, Signals } from '@leeway/store';
import { expect, it } from 'vitest';
import { openEventHub } from './hub.ts';

/** Signals that are sent by hand. */
function handSignals(): Signals & { send(received: Received): void } {
  const receivers = new Set<(received: Received) => void>();
  return {
    publish: async (signal) => receivers.forEach((receive) => void receive(signal)),
    async subscribe(receive) {
      receivers.add(receive);
      return { close: async () => void receivers.delete(receive) };
    },
    send: (received) => receivers.forEach((receive) => void receive(received)),
  };
}

const topicOf = (received: Received) => (received === 'missed' ? 'missed' : received.topic);
const forever = new AbortController().signal;
const job: Received = { estate: 'northwind', topic: 'job', id: '1' };

it('begins with a wake of its own and tells every stream what moved', async () => {
  const signals = handSignals();
  const hub = await openEventHub(signals);
  const streams = [hub.follow(topicOf, forever), hub.follow(topicOf, forever)];
  for (const stream of streams) expect((await stream.next()).value).toEqual([]);
  signals.send(job);
  for (const stream of streams) expect((await stream.next()).value).toEqual(['job']);
  signals.send('missed');
  for (const stream of streams) expect((await stream.next()).value).toEqual(['missed']);
  await hub.close();
});

it('keeps one of each topic for a stream that does not read, however many come', async () => {
  const signals = handSignals();
  const hub = await openEventHub(signals);
  const stream = hub.follow(topicOf, forever);
  await stream.next();
  for (let at = 0; at < 100_000; at++) signals.send({ estate: 'northwind', topic: at % 2 ? 'job' : 'findings' });
  expect((await stream.next()).value?.toSorted()).toEqual(['findings', 'job']);
  await hub.close();
});

it('gives signs of life while nothing moves', async () => {
  const hub = await openEventHub(handSignals(), { life: 1 });
  const stream = hub.follow(topicOf, forever);
  await stream.next();
  expect((await stream.next()).value).toBe('still-here');
  await hub.close();
});

it('ends every stream when it closes, and the one whose reader went away', async () => {
  const hub = await openEventHub(handSignals());
  const reader = new AbortController();
  const [gone, left] = [hub.follow(topicOf, reader.signal), hub.follow(topicOf, forever)];
  await gone.next();
  await left.next();
  const end = gone.next();
  reader.abort();
  expect(await end).toMatchObject({ done: true });
  expect(hub.streams).toBe(1);
  const last = left.next();
  await hub.close();
  expect(await last).toMatchObject({ done: true });
  expect(hub.streams).toBe(0);
});

it('refuses more streams than it may keep', async () => {
  const hub = await openEventHub(handSignals(), { streams: 1 });
  const stream = hub.follow(topicOf, forever);
  await stream.next();
  expect(() => hub.follow(topicOf, forever)).toThrow('More than 1 streams');
  await stream.return(undefined);
  expect(hub.streams).toBe(0);
  await hub.close();
});
