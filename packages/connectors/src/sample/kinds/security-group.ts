import type { JsonObject } from '@leeway/core';
import { itemsOf, replaceField, replaceInItem, type SampleKind } from './sample-kind.ts';

const ports = [443, 5432, 8443, 9092, 6379] as const;

export const securityGroup: SampleKind = {
  kind: {
    name: 'sample.security-group',
    title: 'security group',
    layer: 'network',
    version: 1,
    noise: {
      identity: { '/ingress': ['from_port', 'protocol'] },
      unordered: ['/ingress', '/ingress/*/cidr_blocks', '/egress'],
      computed: ['/id', '/arn', '/owner_id'],
      defaults: { '/ingress/*/self': false, '/revoke_rules_on_delete': false },
      empty: ['/ingress/*/ipv6_cidr_blocks', '/ingress/*/description'],
      quantity: { '/ingress/*/from_port': 'scalar', '/ingress/*/to_port': 'scalar' },
    },
  },
  nameOf: ({ stage, application, index }) => `${stage}-${application}-sg-${index}`,
  declare: ({ random, stage, application }) => ({
    vpc: `${stage}-vpc-${random.below(4)}`,
    ingress: ports.slice(0, 2 + random.below(4)).map((port) => ({
      from_port: port,
      to_port: port,
      protocol: 'tcp',
      cidr_blocks: Array.from({ length: 1 + random.below(4) }, (_, block) => `10.${random.below(250)}.${block}.0/24`),
    })),
    egress: ['10.0.0.0/8', '172.16.0.0/12'],
    tags: { application, environment: stage, owner: random.pick(['platform', 'warehouse', 'finance']) },
  }),
  observe: ({ ingress, egress, ...rest }, random) => ({
    ...rest,
    id: `sg-${random.below(2 ** 32).toString(16)}`,
    arn: `arn:aws:ec2:eu-west-1:111122223333:security-group/${random.below(2 ** 32)}`,
    owner_id: '111122223333',
    revoke_rules_on_delete: false,
    ingress: random
      .shuffle(itemsOf(ingress))
      .map((rule) => answerRule(rule, random.shuffle(rule['cidr_blocks'] as string[]))),
    egress: random.shuffle(egress as string[]),
  }),
  edits: [
    replaceInItem(
      '/ingress[from_port=5432,protocol=tcp]/cidr_blocks',
      'ingress',
      ({ from_port }) => Number(from_port) === 5432,
      () => ({ cidr_blocks: ['0.0.0.0/0'] }),
    ),
    replaceField('/egress', () => ['0.0.0.0/0']),
  ],
};

function answerRule(rule: JsonObject, blocks: readonly string[]): JsonObject {
  return {
    ...rule,
    from_port: String(rule['from_port']),
    cidr_blocks: blocks,
    self: false,
    ipv6_cidr_blocks: [],
    description: '',
  };
}
