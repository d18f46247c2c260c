import type { ReadContext } from '@leeway/connector-kit';
import type { Json, Origin } from '@leeway/core';
import type { Trail } from '../shared/cloud/jobs.ts';
import { itemsAt, textAt } from '../shared/cloud/shape.ts';
import type { Google } from './assets.ts';

type Change = Pick<Origin, 'actor' | 'at' | 'via'>;

/** Who changed what, as the admin activity log tells. */
export function openAudit(google: Google, days: number, { now }: ReadContext): Trail {
  return {
    kind: 'gcp.audit',
    title: 'who changed what',
    async read() {
      const changes = new Map<string, Change>();
      for await (const entry of google.activity(new Date(now().getTime() - days * 86_400_000)))
        noteChange(changes, entry);
      return ({ ids }) => ids.map((id) => changes.get(id.toLowerCase())).find((change) => change !== undefined) ?? {};
    },
  };
}

function noteChange(changes: Map<string, Change>, entry: Json): void {
  // A status of its own is a refusal; 0 is success.
  if ((textAt(entry, 'protoPayload.status.code') ?? '0') !== '0') return;
  const change = toChange(entry);
  for (const name of namesOf(entry)) {
    const id = name.toLowerCase();
    if ((changes.get(id)?.at ?? '') < (change.at ?? '')) changes.set(id, change);
  }
}

/** What an entry is about: a resource, and each grant that was given or taken away. */
function namesOf(entry: Json): readonly string[] {
  const resource = (textAt(entry, 'protoPayload.resourceName') ?? '')
    .replace(/^\/\/[^/]+\//, '')
    .replace(/^projects\/_\/buckets\//, 'b/');
  const deltas = itemsAt(entry, 'protoPayload.serviceData.policyDelta.bindingDeltas');
  const owner = resource.replace(/^(?:projects|folders|organizations)\//, '');
  const grants = deltas.map((delta) => `${owner}/${textAt(delta, 'role') ?? ''}/${textAt(delta, 'member') ?? ''}`);
  return deltas.length > 0 ? grants : [resource];
}

function toChange(entry: Json): Change {
  const actor = textAt(entry, 'protoPayload.authenticationInfo.principalEmail');
  const at = Date.parse(textAt(entry, 'timestamp') ?? '');
  const agent = textAt(entry, 'protoPayload.requestMetadata.callerSuppliedUserAgent') ?? '';
  const via = nameTool(agent);
  return {
    ...(actor !== undefined && { actor }),
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    ...(via !== undefined && { via }),
  };
}

function nameTool(agent: string): string | undefined {
  if (/Mozilla|AppleWebKit/.test(agent)) return 'the Google Cloud console';
  const tool = /\b(?:Terraform|OpenTofu|gcloud)\b/i.exec(agent)?.[0] ?? /^[\w.-]+/.exec(agent)?.[0];
  return tool?.slice(0, 60);
}
