import { ProblemError, type Severity, severities } from '@leeway/core';
import type { DeliveryRecord, NewDelivery, NewsEvent, Settlement } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { FinalError, send } from './channels.ts';
import { composeMessage, itemsFor, type Message, type MessageItem, summaryOf } from './message.ts';
import { sendableAt } from './quiet.ts';
import type { NotificationSettings } from './settings.ts';

export type NotifierContext = Pick<ServerContext, 'estate' | 'settings' | 'store' | 'now' | 'log' | 'variable'>;

/** Tells channels what is new. Any number of processes may: each message is decided once and sent by one at a time. */
export interface Notifier {
  /** Takes news and sends what is due. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

const tickMilliseconds = 5000;
/** News waits so long for more, so that a run of scans makes one message; what is critical does not. */
const gatherMilliseconds = 20_000;
const holdSeconds = 120;
const attemptLimit = 7;
const firstPauseMilliseconds = 30_000;

export function startNotifier(context: NotifierContext): Notifier {
  let running: Promise<void> = Promise.resolve();
  const tick = () => {
    running = running.then(() => tickOnce(context));
    return running;
  };
  const quietly = () =>
    void tick().catch((error: unknown) => {
      running = Promise.resolve();
      context.log.warn({ err: error }, 'news could not be told');
    });
  const timer = setInterval(quietly, tickMilliseconds);
  return {
    tick,
    async close() {
      clearInterval(timer);
      await running.catch(() => undefined);
    },
  };
}

async function tickOnce(context: NotifierContext): Promise<void> {
  const { estate, settings, store, now } = context;
  const { name } = estate.current().estate;
  const { notifications } = settings.current();
  const moment = now();
  await store.news.take(name, moment.toISOString(), (events, waiting) =>
    decide(name, events, waiting, notifications, moment),
  );
  for (const delivery of await store.news.due(name, moment.toISOString(), holdSeconds)) {
    await deliver(delivery, context);
  }
}

/** The messages that news makes, with those added to that still wait. */
export function decide(
  estate: string,
  events: readonly NewsEvent[],
  waiting: ReadonlyMap<string, DeliveryRecord>,
  { channels, routes }: NotificationSettings,
  now: Date,
): readonly NewDelivery[] {
  return Object.entries(channels).flatMap(([name, channel]) => {
    const items = itemsFor(
      events,
      routes.filter((route) => route.channel === name),
      channel,
    );
    if (items.length === 0) return [];
    const before = waiting.get(name);
    const message = composeMessage(estate, items, before?.message as Message | undefined);
    const worst = worstOf(message.items);
    const gathered = new Date(now.getTime() + (worst === 'critical' ? 0 : gatherMilliseconds));
    const dueAt = sendableAt(gathered, channel.quiet, worst).toISOString();
    const findings = message.items.reduce((sum, { fingerprints }) => sum + fingerprints.length, 0);
    return [{ channel: name, dueAt, summary: summaryOf(message), findings, message }];
  });
}

function worstOf(items: readonly MessageItem[]): Severity | undefined {
  const open = items.filter(({ kind }) => kind !== 'resolved').map(({ severity }) => severities.indexOf(severity));
  return open.length === 0 ? undefined : severities[Math.max(...open)];
}

/** Sends one message and keeps what became of it. */
export async function deliver(delivery: DeliveryRecord, context: NotifierContext): Promise<void> {
  const { estate, store, now, log } = context;
  const settlement = await attempt(delivery, context);
  if ('error' in settlement) log.warn({ delivery: delivery.id, channel: delivery.channel }, settlement.error);
  await store.news.settle(estate.current().estate.name, delivery.id, settlement, now().toISOString());
}

async function attempt(delivery: DeliveryRecord, { settings, variable, now }: NotifierContext): Promise<Settlement> {
  const { channels } = settings.current().notifications;
  const { channel: name } = delivery;
  const channel = Object.hasOwn(channels, name) ? channels[name] : undefined;
  if (!channel) return { state: 'dropped', error: `There is no channel "${name}" any more.` };
  const message = delivery.message as Message;
  if (message.items.length === 0 && delivery.findings > 0)
    return { state: 'dropped', error: 'It was resolved before.' };
  try {
    await send({ name, channel, delivery, message, variable, now: now() });
    return { state: 'delivered' };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const text = `${error.problem.code} ${error.problem.message}`;
    if (error instanceof FinalError || delivery.attempts >= attemptLimit) return { state: 'failed', error: text };
    const pause = firstPauseMilliseconds * 2 ** (delivery.attempts - 1);
    return { state: 'waiting', dueAt: new Date(now().getTime() + pause).toISOString(), error: text };
  }
}
