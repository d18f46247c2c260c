import type { Json } from '@leeway/core';
import { isTrueAt, shape, text, textAt } from '../../shared/cloud/shape.ts';
import type { Paging, Region } from '../client/request.ts';
import { ec2Tags, nameTag } from './tags.ts';

const pageOf = (items: string): Paging => ({ items, ask: 'NextToken', next: 'nextToken' });
/** The items of one of EC2's lists. */
export const list = (aws: Region, action: string, items: string) =>
  aws.pages({ service: 'ec2', action, parameters: { MaxResults: 500 } }, pageOf(items));

export const arnOf = ({ region }: Region, owner: string | undefined, type: string, id: string) =>
  `arn:${region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'}:ec2:${region}:${owner ?? ''}:${type}/${id}`;

export const vpc = shape({
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
export function nameVpcs(aws: Region): Promise<Names> {
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

export function vpcName(node: Json): string {
  return nameTag(vpc(node)) ?? (isTrueAt(node, 'isDefault') ? 'default' : (textAt(node, 'cidrBlock') ?? 'vpc'));
}
