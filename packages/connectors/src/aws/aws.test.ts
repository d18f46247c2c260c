import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { digestBody, RecordingFile, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector as terraform } from '../terraform/index.ts';
import { connector } from './index.ts';

const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const state = file('applied.state.json');
const { recordings: applied } = RecordingFile.parse(JSON.parse(file('applied.json')));

/** Stands in the state as a password, and as keys of who reads. */
const secrets = ['never-told-to-anyone', 'Tr0ub4dor-and-3', 'a-session-token'];
const keys = { accessKeyFrom: 'KEY', secretKeyFrom: 'SECRET' };
const variables = { KEY: 'AKIAEXAMPLE', SECRET: 'Tr0ub4dor-and-3', PARTNER: 'Tr0ub4dor-and-3' };

const query = (
  host: string,
  parameters: Record<string, string>,
  response: RecordingInput['response'],
): RecordingInput => ({
  request: {
    method: 'POST',
    url: `https://${host}.amazonaws.com/`,
    bodyDigest: digestBody(new URLSearchParams(parameters).toString()),
  },
  response,
});
const target = (host: string, body: object, response: RecordingInput['response']): RecordingInput => ({
  request: { method: 'POST', url: `https://${host}.amazonaws.com/`, bodyDigest: digestBody(JSON.stringify(body)) },
  response,
});
const xml = (text: string) => ({ text, headers: { 'content-type': 'text/xml' } });

const groupsIn = (token?: string) =>
  ({
    Action: 'DescribeSecurityGroups',
    Version: '2016-11-15',
    MaxResults: '500',
    ...(token && { NextToken: token }),
  }) as Record<string, string>;
const groups = (names: readonly string[], next = '') =>
  xml(
    `<DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><securityGroupInfo>${names
      .map(
        (name) =>
          `<item><ownerId>111122223333</ownerId><groupId>sg-${name}</groupId><groupName>${name}</groupName><vpcId>vpc-1</vpcId></item>`,
      )
      .join('')}</securityGroupInfo>${next && `<nextToken>${next}</nextToken>`}</DescribeSecurityGroupsResponse>`,
  );
const vpcs = { Action: 'DescribeVpcs', Version: '2016-11-15', MaxResults: '500' };
const noVpcs = xml('<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>');

/** As the documentation of LookupEvents has it; moto does not answer it. */
const lookup = (days: number, token?: string) => ({
  StartTime: Date.UTC(2026, 10, 23, 8) / 1000 - days * 86_400,
  MaxResults: 50,
  LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
  ...(token && { NextToken: token }),
});
const opened = {
  EventId: '0a1b',
  EventName: 'AuthorizeSecurityGroupIngress',
  EventTime: 1_763_880_000.0,
  Username: 'jan.visser',
  ReadOnly: 'false',
  Resources: [{ ResourceType: 'AWS::EC2::SecurityGroup', ResourceName: 'sg-wms' }],
  CloudTrailEvent: JSON.stringify({ userAgent: 'console.amazonaws.com', sessionCredentialFromConsole: 'true' }),
};

const assume = (account: string, externalId?: string) => ({
  Action: 'AssumeRole',
  Version: '2011-06-15',
  RoleArn: `arn:aws:iam::${account}:role/leeway`,
  RoleSessionName: 'leeway',
  ...(externalId && { ExternalId: externalId }),
});
const session = xml(
  '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>Tr0ub4dor-and-3</SecretAccessKey><SessionToken>a-session-token</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>',
);

/** Two accounts, two regions, two pages, and who changed what. */
const estate: Scenario = {
  name: 'accounts by their roles, regions, pages and CloudTrail',
  settings: {
    ...keys,
    regions: ['eu-west-1', 'eu-central-1'],
    accounts: [
      { name: 'wms', role: 'arn:aws:iam::111122223333:role/leeway' },
      { name: 'edi', role: 'arn:aws:iam::444455556666:role/leeway', externalIdFrom: 'PARTNER' },
    ],
    kinds: ['aws_security_group'],
  },
  variables,
  recordings: [
    query('sts.eu-west-1', assume('111122223333'), session),
    query('sts.eu-west-1', assume('444455556666', 'Tr0ub4dor-and-3'), session),
    ...['eu-west-1', 'eu-central-1'].flatMap((region) => [
      query(`ec2.${region}`, vpcs, noVpcs),
      query(`ec2.${region}`, groupsIn(), groups(['wms', 'edi'], 'more')),
      query(`ec2.${region}`, groupsIn('more'), groups(['erp'])),
      target(`cloudtrail.${region}`, lookup(7), { json: { Events: [opened], NextToken: 'older' } }),
      target(`cloudtrail.${region}`, lookup(7, 'older'), { json: { Events: [] } }),
    ]),
  ],
  lists: ['/Events'],
  resources: 12,
};

const whole: Scenario = {
  name: 'an account that Terraform filled',
  settings: {
    ...keys,
    regions: ['eu-west-1'],
    attribution: 0,
    skip: ['aws_backup_*'],
    addresses: { state: 'state.json' },
  },
  variables,
  files: { 'state.json': state },
  recordings: applied,
  lists: ['/SecretList', '/Keys', '/repositories', '/Tags', '/tags'],
  resources: 35,
};

testConnector('aws', connector, {
  secrets,
  scenarios: [whole, estate],
  failures: [
    { name: 'a key that is not set', settings: { ...keys, regions: ['eu-west-1'] }, codes: ['LW3055'] },
    {
      name: 'no state with addresses',
      settings: { ...keys, regions: ['eu-west-1'], addresses: { state: 'none.tfstate' } },
      variables,
      codes: ['LW2001'],
    },
    {
      name: 'an external id that is not set',
      settings: { ...(estate.settings as object) },
      variables: { KEY: 'a', SECRET: 'b' },
      recordings: [query('sts.eu-west-1', assume('111122223333'), session), ...(estate.recordings?.slice(2) ?? [])],
      codes: ['LW3055'],
    },
  ],
});

const only = (kind: string, more: object = {}) => ({
  ...keys,
  regions: ['eu-west-1'],
  attribution: 0,
  kinds: [kind],
  ...more,
});

function read(settings: object, recordings: readonly RecordingInput[]) {
  return runScenario(connector, { name: 'x', settings, variables, recordings });
}

describe('what Terraform applied and what AWS holds', () => {
  const kinds = indexKinds(terraform.kinds);
  const byName = (resources: readonly Resource[]) =>
    new Map(resources.map((found) => [`${found.kind} ${found.key}`, found]));

  it('are the same, resource by resource', async () => {
    const run = await runScenario(terraform, {
      name: 'x',
      settings: { state: 'state.json' },
      files: { 'state.json': state },
    });
    const declared = byName(run.resources);
    const observed = byName((await runScenario(connector, whole)).resources);
    const differences = [...declared].flatMap(([name, before]) => {
      const after = observed.get(name);
      if (!after) return [`- ${name}`];
      return compareAttributes(kinds.find(before.kind), before.attributes, after.attributes).map(
        ({ path }) => name + path,
      );
    });
    expect(differences).toEqual([]);
    expect([...observed.keys()].filter((name) => !declared.has(name))).toEqual([]);
    expect(declared.size).toBe(35);
  });

  it('differ by what was changed by hand', async () => {
    const recordings = applied.map((recording) => {
      const { text } = recording.response;
      if (!text?.includes('DescribeSecurityGroupsResponse')) return recording;
      return { ...recording, response: { ...recording.response, text: text.replace('10.30.0.0/16', '0.0.0.0/0') } };
    });
    const observed = byName((await runScenario(connector, { ...whole, recordings })).resources);
    const name = 'aws_security_group aws_security_group.wms';
    const declared = (
      await runScenario(terraform, { name: 'x', settings: { state: 'state.json' }, files: { 'state.json': state } })
    ).resources;
    const before = byName(declared).get(name)!;
    expect(
      compareAttributes(kinds.find(before.kind), before.attributes, observed.get(name)!.attributes).map(
        ({ path }) => path,
      ),
    ).toEqual([expect.stringMatching(/^\/ingress\[.*8443.*\]\/cidr_blocks/)]);
  });
});

describe('names', () => {
  it('carry account and region where there are several', async () => {
    const keysRead = (await runScenario(connector, estate)).resources.map(({ key }) => key);
    expect(keysRead).toContain('wms/eu-west-1/wms');
    expect(keysRead).toContain('edi/eu-central-1/erp');
  });

  it('are told apart by their VPC', async () => {
    const run = await read(only('aws_security_group'), [
      query(
        'ec2.eu-west-1',
        vpcs,
        xml(
          '<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault></item></vpcSet></DescribeVpcsResponse>',
        ),
      ),
      query('ec2.eu-west-1', groupsIn(), groups(['default', 'default', 'wms'])),
    ]);
    expect(run.resources.map(({ key }) => key)).toEqual(['default@default', 'default@default', 'wms']);
  });

  it('come with who changed what, when and how', async () => {
    const found = (await runScenario(connector, estate)).resources.find(({ key }) => key === 'wms/eu-west-1/wms');
    expect(found?.origin).toMatchObject({
      actor: 'jan.visser',
      at: '2025-11-23T06:40:00.000Z',
      via: 'the AWS console',
    });
  });
});

describe('refusals', () => {
  const secretsList = { MaxResults: 100 };
  const throttle = { status: 400, json: { __type: 'ThrottlingException', message: 'Rate exceeded' } };
  const list = (response: RecordingInput['response']) => target('secretsmanager.eu-west-1', secretsList, response);

  it('for now are waited for', async () => {
    const run = await read(only('aws_secretsmanager_secret'), [
      list(throttle),
      list(throttle),
      list({ json: { SecretList: [] } }),
    ]);
    expect(run.notices).toEqual([]);
    expect(run.complete).toEqual(['aws_secretsmanager_secret']);
  });

  it('for ever leave that kind unchecked, and no other', async () => {
    const settings = only('aws_secretsmanager_secret', { kinds: ['aws_secretsmanager_secret', 'aws_security_group'] });
    const run = await read(settings, [
      list(throttle),
      query('ec2.eu-west-1', vpcs, noVpcs),
      query('ec2.eu-west-1', groupsIn(), groups(['wms'])),
    ]);
    expect(run.notices.map(({ kind, problem }) => [kind, problem.code])).toEqual([
      ['aws_secretsmanager_secret', 'LW3004'],
    ]);
    expect(run.complete).toEqual(['aws_security_group']);
  });

  it.each([
    [
      'AccessDeniedException',
      'User: arn:aws:iam::1:user/x is not authorized to perform: secretsmanager:ListSecrets',
      'LW3003',
      'secretsmanager:ListSecrets',
    ],
    ['com.amazonaws#AccessDeniedException', '', 'LW3003', 'secretsmanager:ListSecrets'],
    ['UnrecognizedClientException', 'The security token is invalid', 'LW3002', ''],
    ['InternalFailure', '', 'LW3007', ''],
  ])('by %s are told as what they are', async (type, message, code, permission) => {
    const run = await read(only('aws_secretsmanager_secret'), [list({ status: 400, json: { __type: type, message } })]);
    expect(run.notices.map(({ problem }) => problem.code)).toEqual([code]);
    expect(`${run.notices[0]?.problem.hint}`).toContain(permission);
  });

  it('of CloudTrail leave the resources checked', async () => {
    const run = await read({ ...only('aws_secretsmanager_secret'), attribution: 7 }, [
      target('cloudtrail.eu-west-1', lookup(7), { status: 400, json: { __type: 'AccessDeniedException' } }),
      list({ json: { SecretList: [] } }),
    ]);
    expect(run.notices.map(({ kind, problem }) => [kind, problem.code])).toEqual([['cloudtrail.event', 'LW3003']]);
    expect(run.complete).toEqual(['aws_secretsmanager_secret']);
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ regions: [] }],
    [{ regions: ['europe'] }],
    [{ regions: ['eu-west-1'], accessKeyFrom: 'A' }],
    [{ regions: ['eu-west-1'], ...keys, profile: 'x' }],
    [{ regions: ['eu-west-1'], role: 'leeway' }],
    [{ regions: ['eu-west-1'], accounts: [{ name: 'a' }, { name: 'a' }] }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));
});
