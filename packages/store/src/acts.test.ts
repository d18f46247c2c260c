import { expect, test } from 'vitest';
import { minute } from '../test/make.ts';
import { onBothDatabases } from '../test/server-store.ts';
import type { ApprovalRequestRow } from './approval-requests.ts';

const by = (actor: string, time: number) => ({ actor, at: minute(time) });

await onBothDatabases((store, freshEstate) => {
  test('assigns, snoozes and wakes; readers take up only what moved', async () => {
    const estate = freshEstate();
    const { handling } = store();
    const snooze = { until: minute(90), reason: 'after the move' };
    await handling.handle(estate, ['b', 'a', 'a'], { assignee: 'p.smit' }, by('a.jansen', 1));
    const first = await handling.since(estate, 0);
    expect(first.items.map(({ fingerprint, assignee }) => [fingerprint, assignee])).toEqual([
      ['a', 'p.smit'],
      ['b', 'p.smit'],
    ]);
    await handling.handle(estate, ['b'], { snooze }, by('a.jansen\0', 2));
    const second = await handling.since(estate, first.change);
    expect(second.items).toEqual([
      {
        fingerprint: 'b',
        assignee: 'p.smit',
        snoozedUntil: minute(90),
        snoozeReason: 'after the move',
        snoozedBy: 'a.jansen\uFFFD',
        change: first.change + 1,
      },
    ]);
    await handling.handle(estate, ['b'], { snooze: null, assignee: null }, by('a.jansen', 3));
    expect((await handling.since(estate, second.change)).items).toEqual([{ fingerprint: 'b', change: 4 }]);
    expect(await handling.since(estate, 4)).toEqual({ items: [], change: 4 });
    expect((await handling.since(freshEstate(), 0)).items).toEqual([]);
  });

  test('keeps who did what with a finding, newest first', async () => {
    const estate = freshEstate();
    const { handling } = store();
    await handling.handle(estate, ['a', 'b'], { assignee: 'p.smit' }, by('x', 1));
    await handling.note(estate, { fingerprint: 'a', what: 'requested', text: 'AD-1', ...by('y', 2) });
    const events = await handling.events(estate, { fingerprint: 'a' }, 10);
    expect(events.map(({ what, text, actor }) => `${actor} ${what} ${text}`)).toEqual([
      'y requested AD-1',
      'x assigned to p.smit',
    ]);
    expect(await handling.events(estate, { since: minute(2) }, 10)).toHaveLength(1);
  });

  test('writes that race leave no change unseen', async () => {
    const estate = freshEstate();
    const { handling } = store();
    const seen = new Set<string>();
    let change = 0;
    const writes = Array.from({ length: 8 }, (_, at) =>
      handling.handle(estate, [`f${at}`, `g${at}`], { assignee: 'p' }, by('x', at)),
    );
    const take = async () => {
      const moved = await handling.since(estate, change);
      change = moved.change;
      for (const { fingerprint } of moved.items) seen.add(fingerprint);
    };
    for (const write of writes) {
      await write;
      await take();
    }
    expect(seen.size).toBe(16);
  });

  const request = (id: string, over: Partial<ApprovalRequestRow> = {}): ApprovalRequestRow => ({
    id,
    state: 'open',
    fingerprint: 'f1',
    recordId: `AD-${id}`,
    requester: 'p.smit',
    requesterId: 'person:1',
    requestedAt: minute(1),
    branch: `leeway/approve-${id}`,
    commit: 'c0',
    pushed: false,
    body: { wish: { reason: '\0' } },
    ...over,
  });
  const decision = {
    state: 'approved',
    decidedBy: 'a.jansen',
    decidedAt: minute(5),
    decisionReason: '',
    commit: 'c1',
    pushed: true,
  } as const;

  test('a request is decided once', async () => {
    const estate = freshEstate();
    const { approvalRequests } = store();
    expect(await approvalRequests.add(estate, request('1'))).toBe(true);
    expect(await approvalRequests.get(estate, '1')).toEqual(request('1'));
    const decided = await Promise.all([1, 2, 3].map(() => approvalRequests.decide(estate, '1', decision)));
    expect(decided.filter(Boolean)).toHaveLength(1);
    expect(await approvalRequests.get(estate, '1')).toMatchObject({ ...decision, requester: 'p.smit' });
    expect(await approvalRequests.get(freshEstate(), '1')).toBeUndefined();
  });

  test('two open requests never mean one record', async () => {
    const estate = freshEstate();
    const { approvalRequests } = store();
    const same = (id: string) => request(id, { recordId: 'AD-0001' });
    expect(await approvalRequests.add(estate, same('1'))).toBe(true);
    expect(await approvalRequests.add(estate, same('2'))).toBe(false);
    await approvalRequests.decide(estate, '1', { ...decision, state: 'declined' });
    expect(await approvalRequests.add(estate, same('2'))).toBe(true);
    const list = async (states?: ['open']) => (await approvalRequests.list(estate, { states }, 10)).map(({ id }) => id);
    expect([await list(), await list(['open'])]).toEqual([['2', '1'], ['2']]);
  });
});
