import { runScenario } from '@leeway/connector-kit/testing/scenario.ts';
import type { Json } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

function stateOf(type: string, values: Json): string {
  const resource = { address: `${type}.it`, mode: 'managed', type, name: 'it', values };
  return JSON.stringify({ format_version: '1.0', values: { root_module: { resources: [resource] } } });
}

function event(
  time: string | number,
  names: readonly string[],
  record: Json = {},
  rest: Record<string, Json> = {},
): Json {
  const Resources = names.map((ResourceName) => ({ ResourceType: 'AWS::Any', ResourceName }));
  return { EventTime: time, Username: 'j.weber', Resources, CloudTrailEvent: JSON.stringify(record), ...rest };
}

async function read(state: string, trail: string) {
  const files = { 'live.json': state, 'trail.json': trail };
  return await runScenario(connector, { name: 'audit', settings: { state: 'live.json', audit: 'trail.json' }, files });
}

async function originOf(state: string, events: readonly Json[]) {
  const { resources } = await read(state, JSON.stringify({ Events: events }));
  return resources[0]?.origin;
}

const group = stateOf('aws_security_group', { id: 'sg-1', arn: 'arn:aws:ec2:::security-group/sg-1', name: 'db' });

describe('who changed what a state holds', () => {
  it('is the last event that names its id', async () => {
    const origin = await originOf(group, [
      event('2026-09-13T10:00:00+02:00', ['sg-1'], { userAgent: 'aws-cli/2.27.4 md/awscrt' }),
      event('2026-09-14T23:41:07+02:00', ['sg-1'], { userAgent: 'Mozilla/5.0', sessionCredentialFromConsole: 'true' }),
      event('2026-09-15T10:00:00+02:00', ['sg-2']),
    ]);
    expect(origin).toMatchObject({ actor: 'j.weber', at: '2026-09-14T21:41:07.000Z', via: 'the AWS console' });
  });

  it.each([
    ['APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io)', 'Terraform'],
    ['aws-cli/2.27.4', 'aws-cli'],
    ['Boto3/1.40.1 md/Botocore', 'Boto3'],
  ])('tells the tool of %s', async (userAgent, via) => {
    expect(await originOf(group, [event(1789422067, ['sg-1'], { userAgent })])).toMatchObject({ via });
  });

  it('is not who only looked, or was refused', async () => {
    const looked = event('2026-09-14T10:00:00Z', ['sg-1'], {}, { ReadOnly: 'true' });
    const refused = event('2026-09-14T10:00:00Z', ['sg-1'], { errorCode: 'AccessDenied' });
    expect(await originOf(group, [looked, refused])).toEqual({
      place: 'live.json',
      id: 'arn:aws:ec2:::security-group/sg-1',
    });
  });

  it('of an inline policy names its role too', async () => {
    const policy = stateOf('aws_iam_role_policy', { id: 'wms:labels', role: 'wms', name: 'labels' });
    const other = event('2026-09-14T12:00:00Z', ['edi', 'labels']);
    expect((await originOf(policy, [other]))?.at).toBeUndefined();
    const own = event('2026-09-14T10:00:00Z', ['wms', 'labels']);
    expect(await originOf(policy, [other, own])).toMatchObject({ at: '2026-09-14T10:00:00.000Z' });
  });

  it.each([
    ['{"Events": [', 'LW2005'],
    ['{"Records": []}', 'LW2009'],
  ])('cannot be told from %s: the resource is read, and the trail counts as not checked', async (trail, code) => {
    const { resources, notices } = await read(group, trail);
    expect(resources).toHaveLength(1);
    expect(notices.map(({ kind, problem }) => [kind, problem.code])).toEqual([['cloudtrail.event', code]]);
  });
});
