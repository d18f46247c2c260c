import { ProblemError, problem } from '@leeway/core';
import type { DeliveryRecord } from '@leeway/store';
import type { z } from 'zod';
import type { delivery, settingsContracts } from '../contract/settings.ts';
import type { HandlersOf } from '../http/call.ts';
import { decodeCursor, encodeCursor } from '../http/sequence-cursor.ts';
import { deliver } from '../notify/notifier.ts';

type Notifications = Pick<typeof settingsContracts, 'listDeliveries' | 'testChannel'>;

function deliveryDocument(record: DeliveryRecord): z.output<typeof delivery> {
  const { id, channel, createdAt, state, attempts, summary, findings, error } = record;
  return { id, channel, at: createdAt, state, attempts, summary, findings, ...(error !== undefined && { error }) };
}

export const notificationHandlers: HandlersOf<Notifications> = {
  async listDeliveries({ query }, { store, estate }) {
    const before = decodeCursor(query.cursor, 'deliveries');
    const found = await store.news.list(estate.current().estate.name, before, query.limit + 1);
    const shown = found.slice(0, query.limit);
    const last = found.length > query.limit ? shown.at(-1) : undefined;
    return { items: shown.map(deliveryDocument), ...(last && { next: encodeCursor('deliveries', last.seq) }) };
  },
  async testChannel({ params }, context) {
    const { settings, estate, store, now } = context;
    const { channel } = params;
    if (!Object.hasOwn(settings.current().notifications.channels, channel)) {
      throw new ProblemError(problem('LW8003', { what: 'channel', id: channel }));
    }
    const { name } = estate.current().estate;
    const at = now();
    // Far ahead, so that no worker takes it while it is sent from here.
    const dueAt = new Date(at.getTime() + testPatience).toISOString();
    const message = { estate: name, items: [], more: 0 };
    const summary = `${name}: a test of this channel`;
    const added = await store.news.add(name, { channel, dueAt, summary, findings: 0, message }, at.toISOString());
    await deliver({ ...added, attempts: lastAttempt }, context);
    const settled = await store.news.get(name, added.id);
    return deliveryDocument(settled ?? added);
  },
};

const testPatience = 3_600_000;
/** A test is not tried again: whoever asked for it sees what is wrong. */
const lastAttempt = 1000;
