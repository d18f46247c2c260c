import { type CheckLine, parseShape, type ReadContext, type Reading, requestShape } from '@leeway/connector-kit';
import { failed, type Json, ok, problem, type Resource, type Result } from '@leeway/core';
import { z } from 'zod';
import { askAll, type Client, system, withClient } from './connect.ts';
import { attributesOfVarz, Varz } from './server-attributes.ts';
import type { NatsSettings } from './settings.ts';
import { ConsumerInfo, consumerResource, StreamInfo, streamResource } from './streams.ts';

const streamKinds = ['nats.stream', 'nats.consumer'] as const;

/** Reads the server through its monitoring port, streams through a client where one is named, else through the port too. */
export async function* readLive(settings: NatsSettings, context: ReadContext): AsyncIterable<Reading> {
  if (settings.monitor !== undefined) {
    const server = await readServer(settings.monitor, settings.name, context);
    yield* readingsOf(server, ['nats.server']);
  }
  const streams =
    settings.url === undefined
      ? await readStreamsOfMonitor(settings.monitor ?? '', context)
      : await withClient(settings, context, (client) => readStreamsOfAccount(client, settings.url ?? ''));
  yield* readingsOf(streams, streamKinds);
}

/** One line for each door. */
export async function checkLive(settings: NatsSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readLive(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') lines.push({ what: reading.kind ?? '', ok: false, problem: reading.problem });
  }
  return lines;
}

function* readingsOf(found: Result<readonly Resource[]>, kinds: readonly string[]): Iterable<Reading> {
  if (!found.ok) {
    for (const kind of kinds) for (const problem of found.problems) yield { type: 'notice', problem, kind };
    return;
  }
  for (const resource of found.value) yield { type: 'resource', resource };
  for (const kind of kinds) yield { type: 'complete', kind };
}

const addressOf = (monitor: string, path: string) => `${monitor.replace(/\/+$/, '')}/${path}`;

async function readServer(monitor: string, name: string, context: ReadContext): Promise<Result<readonly Resource[]>> {
  const url = addressOf(monitor, 'varz');
  const varz = await requestShape(context, { url, system, what: 'its settings', permission: 'GET /varz' }, Varz);
  if (!varz.ok) return varz;
  return ok([{ kind: 'nats.server', key: name, attributes: attributesOfVarz(varz.value), origin: { place: url } }]);
}

const StreamDetail = StreamInfo.and(z.looseObject({ consumer_detail: z.array(z.json()).nullish() }));
const Jsz = z.looseObject({
  disabled: z.boolean().optional(),
  streams: z.number().optional(),
  account_details: z
    .array(z.looseObject({ name: z.string(), stream_detail: z.array(StreamDetail).nullish() }))
    .nullish(),
});

/** Accounts in one answer; the server gives 1024 unless it is asked for more. */
const accountLimit = 10_000;

async function readStreamsOfMonitor(monitor: string, context: ReadContext): Promise<Result<readonly Resource[]>> {
  const path = `jsz?accounts=true&streams=true&consumers=true&config=true&limit=${accountLimit}`;
  const what = 'its streams';
  const url = addressOf(monitor, path);
  const jsz = await requestShape(context, { url, system, what, permission: 'GET /jsz' }, Jsz);
  if (!jsz.ok) return jsz;
  const accounts = jsz.value.account_details ?? [];
  const details = accounts.flatMap(({ name, stream_detail }) =>
    (stream_detail ?? []).map((detail) => ({ account: name, detail })),
  );
  if (details.length < (jsz.value.streams ?? 0)) {
    return failed(problem('LW3006', { system, what, reason: 'it tells fewer streams than it counts' }));
  }
  const place = addressOf(monitor, 'jsz');
  const found: Resource[] = [];
  for (const { account, detail } of details) {
    found.push({ ...streamResource(detail, account), origin: { place } });
    const consumers = readConsumers(detail.consumer_detail ?? [], account, place);
    if (!consumers.ok) return consumers;
    found.push(...consumers.value);
  }
  return ok(found);
}

async function readStreamsOfAccount(client: Client, place: string): Promise<Result<readonly Resource[]>> {
  const listed = await askAll(client, 'STREAM.LIST', 'streams', 'the streams');
  const streams = listed.ok
    ? parseShape(z.array(StreamInfo), [...listed.value], { system, what: 'the streams' })
    : listed;
  if (!streams.ok) return streams;
  const found: Resource[] = [];
  for (const stream of streams.value) {
    found.push({ ...streamResource(stream), origin: { place } });
    const { name } = stream.config;
    const consumers = await askAll(client, `CONSUMER.LIST.${name}`, 'consumers', `the consumers of ${name}`);
    const read = consumers.ok ? readConsumers(consumers.value, undefined, place) : consumers;
    if (!read.ok) return read;
    found.push(...read.value);
  }
  return ok(found);
}

function readConsumers(
  infos: readonly Json[],
  account: string | undefined,
  place: string,
): Result<readonly Resource[]> {
  const parsed = parseShape(z.array(ConsumerInfo), [...infos], { system, what: 'the consumers' });
  if (!parsed.ok) return parsed;
  return ok(
    parsed.value.flatMap((info) => {
      const resource = consumerResource(info, account);
      return resource ? [{ ...resource, origin: { place } }] : [];
    }),
  );
}
