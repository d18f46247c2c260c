import { type Change, indexKinds, type Json, type JsonObject, type Kind, matchesPointer } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terraformKinds } from './index.ts';
import { grantsAll } from './policy-document.ts';

const kinds = indexKinds(terraformKinds);

function change(
  kind: string,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
  resources: readonly [JsonObject | undefined, JsonObject] | readonly [] = [],
): Change {
  const [beforeResource, afterResource] = resources;
  return {
    kind: kinds.find(kind),
    name: 'x',
    path,
    before,
    after,
    ...(beforeResource && { beforeResource }),
    ...(afterResource && { afterResource }),
  };
}

/** Severity by the kind's own rules, as the evaluator picks them. */
function severityOf(found: Change): string | undefined {
  return found.kind.severity?.find(({ path, when }) => matchesPointer(path, found.path) && (!when || when(found)))
    ?.severity;
}

const rule = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'], description: 'ssh' };
const named = '[protocol=tcp,from_port=5432,to_port=5432]';

describe('words for a change', () => {
  it.each<[string, Change, string, string]>([
    [
      'an opened rule',
      change('aws_security_group', `/ingress${named}/cidr_blocks`, ['10.0.0.0/8'], ['0.0.0.0/0']),
      'lets 0.0.0.0/0 reach port 5432',
      'allows 10.0.0.0/8',
    ],
    [
      'a new rule',
      change('aws_security_group', `/ingress${named}`, undefined, rule),
      'lets 0.0.0.0/0 reach port 22',
      'does not',
    ],
    [
      'one more action',
      change('aws_iam_role_policy', '/policy/Statement[Sid=A]/Action', ['s3:Get'], ['s3:Delete', 's3:Get']),
      'names the action s3:Delete',
      'does not',
    ],
    [
      'an action that went',
      change('aws_iam_policy', '/policy/Statement[Sid=A]/Action', ['s3:Get', 's3:Put'], 's3:Get'),
      'no longer names s3:Put',
      'does',
    ],
    [
      'the first rule',
      change('aws_security_group', '/ingress', undefined, [rule]),
      'lets 0.0.0.0/0 reach port 22',
      'does not',
    ],
    [
      'a rule that went',
      change('aws_security_group', `/ingress${named}`, rule, undefined),
      'does not let 0.0.0.0/0 reach port 22',
      'does',
    ],
    [
      'a standalone rule',
      change('aws_vpc_security_group_ingress_rule', '', undefined, { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' }),
      'lets 0.0.0.0/0 reach every port',
      'does not',
    ],
    [
      'an Azure rule',
      change('azurerm_network_security_group', '/security_rule[name=ssh]', undefined, {
        protocol: 'Tcp',
        destination_port_range: '22',
        source_address_prefix: '*',
      }),
      'lets * reach port 22',
      'does not',
    ],
    [
      'a switch',
      change('aws_db_instance', '/storage_encrypted', true, false),
      'is not encrypted at rest',
      'is encrypted at rest',
    ],
    [
      'a switch in a block',
      change('google_sql_database_instance', '/settings/0/ip_configuration/0/ipv4_enabled', false, true),
      'has a public address',
      'has no public address',
    ],
    [
      'a wildcard action',
      change('aws_iam_policy', '/policy/Statement[Sid=a]/Action', ['s3:GetObject'], '*'),
      'allows every action',
      'allows named actions only',
    ],
  ])('%s', (_, found, actual, expected) => {
    expect(found.kind.describe?.(found)).toEqual({ actual, expected });
  });
});

describe('severity by rules of the kind', () => {
  const open = (after: Json) => change('aws_security_group', `/ingress${named}/cidr_blocks`, ['10.0.0.0/8'], after);

  it.each<[string, Change, string | undefined]>([
    ['opened to the world', open(['0.0.0.0/0']), 'critical'],
    ['opened to another network', open(['10.0.0.0/7']), 'high'],
    [
      'opened in IPv6',
      change('aws_security_group', '/ingress', [], [{ ...rule, cidr_blocks: [], ipv6_cidr_blocks: ['::/0'] }]),
      'critical',
    ],
    ['wildcard access', change('aws_iam_policy', '/policy/Statement[Sid=a]/Action', 's3:Get*', '*'), 'critical'],
    ['less access', change('aws_iam_policy', '/policy/Statement[Sid=a]/Action', '*', 's3:Get*'), 'high'],
    ['encryption turned off', change('aws_ebs_volume', '/encrypted', true, false), 'critical'],
    ['encryption turned on', change('aws_ebs_volume', '/encrypted', false, true), undefined],
    ['public bucket', change('aws_s3_bucket_public_access_block', '/block_public_acls', true, false), 'critical'],
    [
      'bucket grant to everybody',
      change('google_storage_bucket_iam_member', '', undefined, {}, [undefined, { member: 'allUsers', role: 'x' }]),
      'critical',
    ],
    [
      'administrator attached',
      change('aws_iam_role_policy_attachment', '', undefined, {}, [
        undefined,
        { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ]),
      'critical',
    ],
    [
      'Azure rule to the internet',
      change('azurerm_network_security_rule', '/source_address_prefix', '10.0.0.0/8', 'Internet'),
      'critical',
    ],
    [
      'Azure deny rule',
      change('azurerm_network_security_rule', '', undefined, { access: 'Deny', source_address_prefix: '*' }),
      'high',
    ],
    ['a tag', change('aws_instance', '/tags/Owner', 'a', 'b'), undefined],
  ])('%s', (_, found, severity) => {
    expect(severityOf(found)).toBe(severity);
  });
});

describe('policy documents that grant everything', () => {
  it.each<[Json, boolean]>([
    ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', true],
    ['{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}', false],
    [{ Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: '*' }] }, false],
    [{ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] }, true],
    [
      {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Condition: { StringEquals: {} } },
        ],
      },
      false,
    ],
    ['{"Statement":', false],
  ])('%j: %s', (document, expected) => {
    expect(grantsAll(document)).toBe(expected);
  });
});

describe('hostile values', () => {
  const hostile = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
    fc.constant<Json>({ toString: false }),
    fc.constant<Json>([{ valueOf: 1 }]),
  );

  it('neither describers, severity rules nor normalisation fail on', () => {
    fc.assert(
      fc.property(fc.constantFrom(...terraformKinds), fc.nat(), hostile, hostile, (kind, pick, before, after) => {
        const paths = [
          '',
          '/ingress',
          '/ingress[protocol=tcp]/cidr_blocks',
          ...(kind.severity ?? []).map((rule) => rule.path.replace('/**', '/x')),
        ];
        const attributes = { tags_all: after, labels: before, effective_labels: after };
        const found: Change = {
          kind,
          name: 'x',
          path: paths[pick % paths.length] ?? '',
          before,
          after,
          beforeResource: attributes,
          afterResource: { policy_arn: after, member: before },
        };
        kind.describe?.(found);
        for (const rule of kind.severity ?? []) rule.when?.(found);
        const once = kind.normalize?.(attributes, kind.name) ?? attributes;
        expect(kind.normalize?.(once, kind.name) ?? once).toEqual(once);
      }),
    );
  });

  it('are counted where they are many', () => {
    const many = Array.from({ length: 30 }, (_, index) => `10.${index}.0.0/16`);
    const found = change('aws_security_group', `/ingress${named}/cidr_blocks`, ['10.0.0.0/8'], many);
    expect(found.kind.describe?.(found)?.actual).toBe(
      'lets 10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16 and 27 more reach port 5432',
    );
  });
});

describe('declarations', () => {
  it('find the most literal pattern', () => {
    const titleOf = (name: string) => kinds.find(name).title;
    expect(
      ['aws_s3_bucket', 'aws_glue_job', 'kubernetes_secret_v1', 'google_project_iam_member', 'hcloud_server'].map(
        titleOf,
      ),
    ).toEqual(['bucket', 'AWS resource', 'secret', 'grant', 'Terraform resource']);
  });

  it('give no severity to a field that is never compared', () => {
    const dead = terraformKinds.flatMap(({ name, noise, severity = [] }: Kind) =>
      severity.filter(({ path }) => noise?.computed?.includes(path)).map(({ path }) => `${name} ${path}`),
    );
    expect(dead).toEqual([]);
  });
});
