import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { isTrueAt, itemsAt, number, shape, text, textAt, texts } from '../../shared/cloud/shape.ts';
import type { Region } from '../client/request.ts';
import { type Draft, nameApart, type Reader } from '../reader.ts';
import { arnOf, list, nameVpcs } from './ec2.ts';
import { ec2Tags, nameTag } from './tags.ts';

/** Rules of AWS by who is let in, as Terraform's inline rules by ports: one item for each protocol, ports and description. */
function groupRules(permissions: readonly Json[], groupId: string): readonly JsonObject[] {
  const rules = new Map<string, Record<string, Json>>();
  for (const permission of permissions) {
    for (const [path, field, block] of sourcesOfRules) {
      for (const item of itemsAt(permission, path)) {
        const source = textAt(item, field) ?? '';
        const description = textAt(item, 'description') ?? '';
        const rule = ruleFor(rules, permission, description);
        if (block === 'security_groups' && source === groupId) rule['self'] = true;
        else rule[block] = [...(rule[block] as readonly Json[]), source];
      }
    }
  }
  return [...rules.values()];
}

const sourcesOfRules = [
  ['ipRanges.item', 'cidrIp', 'cidr_blocks'],
  ['ipv6Ranges.item', 'cidrIpv6', 'ipv6_cidr_blocks'],
  ['prefixListIds.item', 'prefixListId', 'prefix_list_ids'],
  ['groups.item', 'groupId', 'security_groups'],
] as const;

function ruleFor(
  rules: Map<string, Record<string, Json>>,
  permission: Json,
  description: string,
): Record<string, Json> {
  const protocol = textAt(permission, 'ipProtocol') ?? '-1';
  // Every protocol has no ports; Terraform writes 0 for both.
  const [from, to] = ['fromPort', 'toPort'].map((end) => Number(textAt(permission, end) ?? 0));
  const name = JSON.stringify([protocol, from, to, description]);
  const rule = rules.get(name) ?? {
    protocol,
    from_port: from ?? 0,
    to_port: to ?? 0,
    description,
    cidr_blocks: [],
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    security_groups: [],
    self: false,
  };
  rules.set(name, rule);
  return rule;
}

const securityGroups: Reader = {
  title: 'security groups',
  kinds: ['aws_security_group'],
  actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeVpcs'],
  read: (aws) => nameApart(readGroups(aws)),
};

async function* readGroups(aws: Region): AsyncGenerator<Draft> {
  const names = await nameVpcs(aws);
  for await (const node of list(aws, 'DescribeSecurityGroups', 'securityGroupInfo.item')) {
    const id = textAt(node, 'groupId') ?? '';
    const arn = arnOf(aws, textAt(node, 'ownerId'), 'security-group', id);
    const name = textAt(node, 'groupName') ?? id;
    const [ingress, egress] = ['ipPermissions.item', 'ipPermissionsEgress.item'].map((path) =>
      groupRules(itemsAt(node, path), id),
    );
    const attributes = { ...group(node), arn, ingress: ingress ?? [], egress: egress ?? [] };
    const vpcOf = names.get(textAt(node, 'vpcId') ?? '') ?? 'no VPC';
    yield {
      kind: 'aws_security_group',
      name,
      detail: vpcOf,
      attributes,
      ids: [arn, id],
      isGiven: name === 'default' && isUntouched(ingress ?? []),
    };
  }
}

const group = shape({
  id: text('groupId'),
  name: text('groupName'),
  description: text('groupDescription'),
  owner_id: text('ownerId'),
  vpc_id: text('vpcId'),
  tags: ec2Tags,
});

/** The group AWS makes with each VPC lets its own members in, and nobody else. */
function isUntouched(ingress: readonly JsonObject[]): boolean {
  return ingress.every(
    ({ cidr_blocks: v4, ipv6_cidr_blocks: v6, security_groups: groups }) => [v4, v6, groups].flat().length === 0,
  );
}

const aclEntry = shape({
  rule_no: number('ruleNumber'),
  action: text('ruleAction'),
  protocol: text('protocol'),
  cidr_block: text('cidrBlock'),
  ipv6_cidr_block: text('ipv6CidrBlock'),
  from_port: (node) => Number(textAt(node, 'portRange.from') ?? 0),
  to_port: (node) => Number(textAt(node, 'portRange.to') ?? 0),
  icmp_type: (node) => Number(textAt(node, 'icmpTypeCode.type') ?? 0),
  icmp_code: (node) => Number(textAt(node, 'icmpTypeCode.code') ?? 0),
});

/** The last rule of every list, which denies what no other decided: AWS keeps it, nobody can change it. */
const lastRules = new Set([32767, 32768]);

const aclEntries = (isEgress: boolean) => (node: Json) =>
  itemsAt(node, 'entrySet.item')
    .filter((entry) => isTrueAt(entry, 'egress') === isEgress)
    .map(aclEntry)
    .filter(({ rule_no: rule }) => !lastRules.has(Number(rule)));

const acl = shape({
  id: text('networkAclId'),
  vpc_id: text('vpcId'),
  owner_id: text('ownerId'),
  subnet_ids: texts('associationSet.item', 'subnetId'),
  ingress: aclEntries(false),
  egress: aclEntries(true),
  tags: ec2Tags,
});

const acls: Reader = {
  title: 'network ACLs',
  kinds: ['aws_network_acl'],
  actions: ['ec2:DescribeNetworkAcls', 'ec2:DescribeVpcs'],
  read: (aws) => nameApart(readAcls(aws)),
};

async function* readAcls(aws: Region): AsyncGenerator<Draft> {
  const names = await nameVpcs(aws);
  for await (const node of list(aws, 'DescribeNetworkAcls', 'networkAclSet.item')) {
    const id = textAt(node, 'networkAclId') ?? '';
    const arn = arnOf(aws, textAt(node, 'ownerId'), 'network-acl', id);
    const attributes = { ...acl(node), arn };
    const isDefault = isTrueAt(node, 'default');
    const vpcOf = names.get(textAt(node, 'vpcId') ?? '') ?? 'vpc';
    const rules = ['ingress', 'egress'].flatMap((list) => itemsAt(attributes, list));
    const isGiven = isDefault && rules.every((rule) => isJsonObject(rule) && rule['rule_no'] === 100);
    yield {
      kind: 'aws_network_acl',
      name: nameTag(attributes) ?? (isDefault ? 'default' : 'acl'),
      detail: vpcOf,
      attributes,
      ids: [arn, id],
      isGiven,
    };
  }
}

export const securityReaders: readonly Reader[] = [securityGroups, acls];
