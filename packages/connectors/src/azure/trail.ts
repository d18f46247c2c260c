import type { ReadContext } from '@leeway/connector-kit';
import type { Json, Origin } from '@leeway/core';
import type { Trail } from '../shared/cloud/jobs.ts';
import { textAt } from '../shared/cloud/shape.ts';
import type { Azure } from './graph.ts';

type Change = Pick<Origin, 'actor' | 'at' | 'via'>;

/** Who changed what, as the activity logs of the subscriptions tell: the last write of each resource, or of what is in it. */
export function openActivity(
  azure: Azure,
  subscriptions: readonly string[],
  days: number,
  { now }: ReadContext,
): Trail {
  return {
    kind: 'azure.activity',
    title: 'who changed what',
    async read() {
      const since = new Date(now().getTime() - days * 86_400_000);
      const changes = new Map<string, Change>();
      for (const subscription of subscriptions) {
        for await (const event of azure.events(subscription, since)) noteChange(changes, event);
      }
      return ({ ids }) => changes.get((ids[0] ?? '').toLowerCase()) ?? {};
    },
  };
}

/** Keeps the last change of each resource that an event is about. */
function noteChange(changes: Map<string, Change>, event: Json): void {
  const operation = textAt(event, 'operationName.value') ?? '';
  if (textAt(event, 'status.value') !== 'Succeeded' || !/\/(?:write|delete|action)$/i.test(operation)) return;
  const change = toChange(event);
  for (const id of ownersOf(textAt(event, 'resourceId') ?? '')) {
    if ((changes.get(id)?.at ?? '') < (change.at ?? '')) changes.set(id, change);
  }
}

/** A resource and what it is a part of: a rule's change is its group's. */
function ownersOf(id: string): readonly string[] {
  const path = id.toLowerCase();
  const parent = path.replace(/\/[^/]+\/[^/]+$/, '');
  return /\/providers\/[^/]+\/[^/]+\/[^/]+/.test(parent) ? [path, parent] : [path];
}

function toChange(event: Json): Change {
  const actor = textAt(event, 'caller');
  const at = textAt(event, 'eventTimestamp');
  const time = at === undefined ? Number.NaN : Date.parse(at);
  const app = textAt(event, 'claims.appid');
  return {
    ...(actor !== undefined && { actor }),
    ...(!Number.isNaN(time) && { at: new Date(time).toISOString() }),
    ...(app !== undefined && tools[app] !== undefined && { via: tools[app] }),
  };
}

/** Microsoft's own clients by their ids (https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in). */
const tools: Readonly<Record<string, string>> = {
  'c44b4083-3bb0-49c1-b47d-974e53cbdf3c': 'the Azure portal',
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46': 'az',
  '1950a258-227b-4e31-a9cf-717495945fc2': 'Azure PowerShell',
};
