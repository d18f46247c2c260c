import type { ReadContext } from '@leeway/connector-kit';
import { ProblemError, problem } from '@leeway/core';
import type { Trail } from '../shared/cloud/jobs.ts';
import { textAt } from '../shared/cloud/shape.ts';
import { type AuditEvent, findLastChange, indexEvents, parseEvents } from '../terraform/audit.ts';
import { type Call, describeCall, type Region } from './client/request.ts';

/** Pages of 50 events, at the two requests a second CloudTrail allows: half a minute at most. */
const mostPages = 40;

/**
 * Who changed what in a region, as far back as so many days or 2,000 events: newest first, so that what is found changed
 * was mostly changed lately.
 */
export function openTrail(aws: Region, prefix: string, days: number, context: ReadContext): Trail {
  return {
    kind: 'cloudtrail.event',
    title: `${prefix}who changed what in ${aws.region}`,
    async read() {
      const trail = indexEvents(await readEvents(aws, days, context));
      return ({ attributes }) => findLastChange(trail, attributes);
    },
  };
}

async function readEvents(aws: Region, days: number, { now }: ReadContext): Promise<readonly AuditEvent[]> {
  const since = Math.floor((now().getTime() - days * 86_400_000) / 1000);
  const call: Call = {
    service: 'cloudtrail',
    action: 'LookupEvents',
    parameters: {
      StartTime: since,
      MaxResults: 50,
      LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
    },
  };
  const events: AuditEvent[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await aws.send({
      ...call,
      parameters: { ...call.parameters, ...(token !== undefined && { NextToken: token }) },
    });
    const found = parseEvents(answer);
    if (!found) {
      const { system, what } = describeCall(call);
      throw new ProblemError(problem('LW3006', { system, what, reason: 'it holds no events' }));
    }
    events.push(...found);
    token = textAt(answer, 'NextToken');
    if (token === undefined) break;
  }
  return events;
}
