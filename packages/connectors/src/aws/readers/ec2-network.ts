import type { Json, JsonObject } from '@leeway/core';
import { block, flag, isTrueAt, itemsAt, mapped, shape, text, textAt, texts } from '../../shared/cloud/shape.ts';
import type { Region } from '../client/request.ts';
import { type Draft, nameApart, type Reader } from '../reader.ts';
import { arnOf, list, nameVpcs, vpc, vpcName } from './ec2.ts';
import { ec2Tags, nameTag } from './tags.ts';

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

export const networkReaders: readonly Reader[] = [vpcs, subnets, routeTables, endpoints, gateways, internetGateways];
