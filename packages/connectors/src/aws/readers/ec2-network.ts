import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { block, flag, isTrueAt, itemsAt, mapped, number, shape, text, textAt, texts } from '../../cloud-shape.ts';
import type { Paging, Region } from '../client/request.ts';
import { type Draft, nameApart, type Reader } from '../reader.ts';
import { ec2Tags, nameTag } from './tags.ts';

const pageOf = (items: string): Paging => ({ items, ask: 'NextToken', next: 'nextToken' });
const list = (aws: Region, action: string, items: string) =>
  aws.pages({ service: 'ec2', action, parameters: { MaxResults: 500 } }, pageOf(items));

const arnOf = ({ region }: Region, owner: string | undefined, type: string, id: string) =>
  `arn:${region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'}:ec2:${region}:${owner ?? ''}:${type}/${id}`;

const vpc = shape({
  id: text('vpcId'),
  cidr_block: text('cidrBlock'),
  dhcp_options_id: text('dhcpOptionsId'),
  instance_tenancy: text('instanceTenancy'),
  owner_id: text('ownerId'),
  tags: ec2Tags,
});

type Names = ReadonlyMap<string, string>;
const namesOfRegions = new WeakMap<Region, Promise<Names>>();

/** Names of the VPCs: what lies in two of them under one name is told apart by these. Asked once a region and reading. */
function nameVpcs(aws: Region): Promise<Names> {
  const names = namesOfRegions.get(aws) ?? readVpcNames(aws);
  namesOfRegions.set(aws, names);
  return names;
}

async function readVpcNames(aws: Region): Promise<Names> {
  const names = new Map<string, string>();
  for await (const node of list(aws, 'DescribeVpcs', 'vpcSet.item'))
    names.set(textAt(node, 'vpcId') ?? '', vpcName(node));
  return names;
}

function vpcName(node: Json): string {
  return nameTag(vpc(node)) ?? (isTrueAt(node, 'isDefault') ? 'default' : (textAt(node, 'cidrBlock') ?? 'vpc'));
}

const vpcs: Reader = {
  title: 'VPCs',
  kinds: ['aws_vpc'],
  actions: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
  read: (aws) => nameApart(readVpcs(aws)),
};

async function* readVpcs(aws: Region): AsyncGenerator<Draft> {
  for await (const node of list(aws, 'DescribeVpcs', 'vpcSet.item')) {
    const id = textAt(node, 'vpcId') ?? '';
    const arn = arnOf(aws, textAt(node, 'ownerId'), 'vpc', id);
    const [support, hostnames] = await Promise.all(
      ['enableDnsSupport', 'enableDnsHostnames'].map(async (Attribute) => {
        const answer = await aws.send({
          service: 'ec2',
          action: 'DescribeVpcAttribute',
          parameters: { VpcId: id, Attribute },
        });
        return isTrueAt(answer, `${Attribute}.value`);
      }),
    );
    const attributes = {
      ...vpc(node),
      arn,
      enable_dns_support: support === true,
      enable_dns_hostnames: hostnames === true,
    };
    yield {
      kind: 'aws_vpc',
      name: vpcName(node),
      detail: textAt(node, 'cidrBlock') ?? id,
      attributes,
      ids: [arn, id],
      isGiven: isTrueAt(node, 'isDefault'),
    };
  }
}

const subnet = shape({
  id: text('subnetId'),
  arn: text('subnetArn'),
  vpc_id: text('vpcId'),
  cidr_block: text('cidrBlock'),
  availability_zone: text('availabilityZone'),
  availability_zone_id: text('availabilityZoneId'),
  map_public_ip_on_launch: flag('mapPublicIpOnLaunch'),
  assign_ipv6_address_on_creation: flag('assignIpv6AddressOnCreation'),
  owner_id: text('ownerId'),
  tags: ec2Tags,
});

const subnets: Reader = {
  title: 'subnets',
  kinds: ['aws_subnet'],
  actions: ['ec2:DescribeSubnets'],
  read: (aws) => nameApart(readSubnets(aws)),
};

async function* readSubnets(aws: Region): AsyncGenerator<Draft> {
  for await (const node of list(aws, 'DescribeSubnets', 'subnetSet.item')) {
    const attributes = subnet(node);
    const cidr = textAt(node, 'cidrBlock') ?? '';
    yield {
      kind: 'aws_subnet',
      name: nameTag(attributes) ?? cidr,
      detail: cidr,
      attributes,
      ids: idsOf(attributes),
      isGiven: isTrueAt(node, 'defaultForAz'),
    };
  }
}

function idsOf({ arn, id }: JsonObject): readonly string[] {
  return [arn, id].filter((name) => typeof name === 'string');
}

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

const route = shape({
  cidr_block: text('destinationCidrBlock'),
  ipv6_cidr_block: text('destinationIpv6CidrBlock'),
  destination_prefix_list_id: text('destinationPrefixListId'),
  gateway_id: mapped(text('gatewayId'), (id) => (String(id).startsWith('vpce-') ? undefined : id)),
  vpc_endpoint_id: mapped(text('gatewayId'), (id) => (String(id).startsWith('vpce-') ? id : undefined)),
  nat_gateway_id: text('natGatewayId'),
  transit_gateway_id: text('transitGatewayId'),
  vpc_peering_connection_id: text('vpcPeeringConnectionId'),
  network_interface_id: text('networkInterfaceId'),
  egress_only_gateway_id: text('egressOnlyInternetGatewayId'),
  local_gateway_id: text('localGatewayId'),
  carrier_gateway_id: text('carrierGatewayId'),
  core_network_arn: text('coreNetworkArn'),
});

/** Routes that AWS made: to the VPC itself, to gateway endpoints, and those a virtual gateway announced. Terraform leaves them out too. */
function isOwnRoute(node: Json): boolean {
  const gateway = textAt(node, 'gatewayId') ?? '';
  const isEndpoint = gateway.startsWith('vpce-') && textAt(node, 'destinationPrefixListId') !== undefined;
  return gateway !== 'local' && !isEndpoint && textAt(node, 'origin') !== 'EnableVgwRoutePropagation';
}

const routeTable = shape({
  id: text('routeTableId'),
  vpc_id: text('vpcId'),
  owner_id: text('ownerId'),
  propagating_vgws: texts('propagatingVgwSet.item', 'gatewayId'),
  route: (node) => itemsAt(node, 'routeSet.item').filter(isOwnRoute).map(route),
  tags: ec2Tags,
});

const routeTables: Reader = {
  title: 'route tables',
  kinds: ['aws_route_table'],
  actions: ['ec2:DescribeRouteTables', 'ec2:DescribeVpcs'],
  read: (aws) => nameApart(readRouteTables(aws)),
};

async function* readRouteTables(aws: Region): AsyncGenerator<Draft> {
  const names = await nameVpcs(aws);
  for await (const node of list(aws, 'DescribeRouteTables', 'routeTableSet.item')) {
    const id = textAt(node, 'routeTableId') ?? '';
    const arn = arnOf(aws, textAt(node, 'ownerId'), 'route-table', id);
    const attributes = { ...routeTable(node), arn };
    const isMain = itemsAt(node, 'associationSet.item').some((each) => isTrueAt(each, 'main'));
    const vpcOf = names.get(textAt(node, 'vpcId') ?? '') ?? 'vpc';
    const isGiven = isMain && itemsAt(attributes, 'route').length === 0;
    yield {
      kind: 'aws_route_table',
      name: nameTag(attributes) ?? (isMain ? 'main' : 'routes'),
      detail: vpcOf,
      attributes,
      ids: [arn, id],
      isGiven,
    };
  }
}

const endpoint = shape({
  id: text('vpcEndpointId'),
  vpc_id: text('vpcId'),
  service_name: text('serviceName'),
  vpc_endpoint_type: text('vpcEndpointType'),
  policy: text('policyDocument'),
  private_dns_enabled: flag('privateDnsEnabled'),
  ip_address_type: text('ipAddressType'),
  route_table_ids: texts('routeTableIdSet.item'),
  subnet_ids: texts('subnetIdSet.item'),
  security_group_ids: texts('groupSet.item', 'groupId'),
  network_interface_ids: texts('networkInterfaceIdSet.item'),
  dns_options: block('dnsOptions', shape({ dns_record_ip_type: text('dnsRecordIpType') })),
  owner_id: text('ownerId'),
  tags: ec2Tags,
});

const endpoints: Reader = {
  title: 'VPC endpoints',
  kinds: ['aws_vpc_endpoint'],
  actions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcs'],
  read: (aws) => nameApart(readEndpoints(aws)),
};

async function* readEndpoints(aws: Region): AsyncGenerator<Draft> {
  const names = await nameVpcs(aws);
  for await (const node of list(aws, 'DescribeVpcEndpoints', 'vpcEndpointSet.item')) {
    const id = textAt(node, 'vpcEndpointId') ?? '';
    const arn = arnOf(aws, textAt(node, 'ownerId'), 'vpc-endpoint', id);
    const attributes = { ...endpoint(node), arn };
    const name = nameTag(attributes) ?? textAt(node, 'serviceName') ?? id;
    yield {
      kind: 'aws_vpc_endpoint',
      name,
      detail: names.get(textAt(node, 'vpcId') ?? '') ?? 'vpc',
      attributes,
      ids: [arn, id],
    };
  }
}

const gateway = shape({
  id: text('natGatewayId'),
  subnet_id: text('subnetId'),
  connectivity_type: text('connectivityType'),
  tags: ec2Tags,
  allocation_id: (node) => textAt(itemsAt(node, 'natGatewayAddressSet.item')[0], 'allocationId'),
  network_interface_id: (node) => textAt(itemsAt(node, 'natGatewayAddressSet.item')[0], 'networkInterfaceId'),
  private_ip: (node) => textAt(itemsAt(node, 'natGatewayAddressSet.item')[0], 'privateIp'),
  public_ip: (node) => textAt(itemsAt(node, 'natGatewayAddressSet.item')[0], 'publicIp'),
});

const gateways: Reader = {
  title: 'NAT gateways',
  kinds: ['aws_nat_gateway'],
  actions: ['ec2:DescribeNatGateways', 'ec2:DescribeVpcs'],
  read: (aws) => nameApart(readGateways(aws)),
};

async function* readGateways(aws: Region): AsyncGenerator<Draft> {
  const names = await nameVpcs(aws);
  for await (const node of list(aws, 'DescribeNatGateways', 'natGatewaySet.item')) {
    if (/^delet/.test(textAt(node, 'state') ?? '')) continue;
    const id = textAt(node, 'natGatewayId') ?? '';
    const attributes = gateway(node);
    yield {
      kind: 'aws_nat_gateway',
      name: nameTag(attributes) ?? 'nat',
      detail: names.get(textAt(node, 'vpcId') ?? '') ?? 'vpc',
      attributes,
      ids: [id],
    };
  }
}

const internetGateways: Reader = {
  title: 'internet gateways',
  kinds: ['aws_internet_gateway'],
  actions: ['ec2:DescribeInternetGateways', 'ec2:DescribeVpcs'],
  read: (aws) => nameApart(readInternetGateways(aws)),
};

async function* readInternetGateways(aws: Region): AsyncGenerator<Draft> {
  const names = await nameVpcs(aws);
  for await (const node of list(aws, 'DescribeInternetGateways', 'internetGatewaySet.item')) {
    const id = textAt(node, 'internetGatewayId') ?? '';
    const owner = textAt(node, 'ownerId');
    const vpcId = textAt(itemsAt(node, 'attachmentSet.item')[0], 'vpcId') ?? '';
    const arn = arnOf(aws, owner, 'internet-gateway', id);
    const attributes = { id, arn, owner_id: owner ?? '', vpc_id: vpcId, tags: ec2Tags(node) ?? {} };
    yield {
      kind: 'aws_internet_gateway',
      name: nameTag(attributes) ?? 'internet',
      detail: names.get(vpcId) ?? 'no VPC',
      attributes,
      ids: [arn, id],
    };
  }
}

export const networkReaders: readonly Reader[] = [
  vpcs,
  subnets,
  securityGroups,
  acls,
  routeTables,
  endpoints,
  gateways,
  internetGateways,
];
