import { type Change, type Description, isJsonObject, type SeverityRule } from '@leeway/core';
import { at, type KindDeclaration } from './define.ts';
import { describeRule, opensToWorld, portsOf, type RuleWords, sourcesOf } from './network-words.ts';
import { policySeverity } from './policy-document.ts';
import { mergeRules } from './security-group-rules.ts';
import { guarded, mustBeOff, mustBeOn, type Switch } from './switches.ts';

const groupWords: RuleWords = {
  sources: at('cidr_blocks ipv6_cidr_blocks security_groups prefix_list_ids self').map((path) => path.slice(1)),
  ports: ['from_port', 'to_port'],
  protocol: 'protocol',
};

const ruleWords: RuleWords = {
  sources: [
    ...groupWords.sources,
    ...['source_security_group_id', 'cidr_ipv4', 'cidr_ipv6', 'referenced_security_group_id', 'prefix_list_id'],
  ],
  ports: ['from_port', 'to_port'],
  protocol: 'protocol',
};
const vpcRuleWords: RuleWords = { ...ruleWords, protocol: 'ip_protocol' };

/** Lists of one inline rule, and what AWS fills in for a rule that is written without them. */
function inlineRules(block: string) {
  return {
    unordered: [`/${block}`, ...groupWords.sources.map((field) => `/${block}/*/${field}`)],
    identity: { [`/${block}`]: ['protocol', 'from_port', 'to_port'] },
    defaults: { [`/${block}/*/self`]: false },
    instance: [`/${block}/*/security_groups`, `/${block}/*/prefix_list_ids`],
  };
}

const ingress = inlineRules('ingress');
const egress = inlineRules('egress');

const openIngress: readonly SeverityRule[] = [
  { path: '/ingress/**', severity: 'critical', when: opensToWorld },
  { path: '/ingress/**', severity: 'high' },
  { path: '/egress/**', severity: 'medium' },
];

/** A rule that is a resource of its own: a new one that is open to the world is as bad as an opened one. */
const openRule: readonly SeverityRule[] = [
  { path: '/**', severity: 'critical', when: (change) => isIngress(change) && opensToWorld(change) },
  { path: '/**', severity: 'high' },
];

function isIngress({ afterResource }: Change): boolean {
  return afterResource?.['type'] !== 'egress';
}

function describeStandalone(words: RuleWords) {
  return ({ path, before, after, beforeResource, afterResource }: Change): Description | undefined => {
    if (path === '') {
      const rule = isJsonObject(after) ? after : before;
      if (!isJsonObject(rule)) return undefined;
      const says = `${sourcesOf(rule, words)} reach ${portsOf(rule, words)}`;
      return isJsonObject(after)
        ? { actual: `lets ${says}`, expected: 'does not' }
        : { actual: `does not let ${says}`, expected: 'does' };
    }
    if (!words.sources.includes(path.slice(1)) || !beforeResource || !afterResource) return undefined;
    return {
      actual: `lets ${sourcesOf(afterResource, words)} reach ${portsOf(afterResource, words)}`,
      expected: `allows ${sourcesOf(beforeResource, words)}`,
    };
  };
}

const balancerSwitches: readonly Switch[] = [
  mustBeOn('/internal', 'is reachable from inside only', 'faces the internet', 'critical'),
  mustBeOn('/enable_deletion_protection', 'is protected from deletion', 'can be deleted', 'medium'),
  mustBeOn('/drop_invalid_header_fields', 'drops invalid headers', 'passes invalid headers on', 'medium'),
];

const subnetSwitches: readonly Switch[] = [
  mustBeOff(
    '/map_public_ip_on_launch',
    'gives every machine a public address',
    'gives out no public addresses',
    'high',
  ),
];

export const awsNetwork: readonly KindDeclaration[] = [
  {
    name: 'aws_security_group',
    title: 'security group',
    layer: 'network',
    noise: {
      unordered: [...ingress.unordered, ...egress.unordered],
      identity: { ...ingress.identity, ...egress.identity },
      defaults: { ...ingress.defaults, ...egress.defaults },
      instance: [...ingress.instance, ...egress.instance],
      computed: ['/name_prefix'],
      quantity: { '/ingress/*/protocol': 'case-insensitive', '/egress/*/protocol': 'case-insensitive' },
    },
    normalize: mergeRules,
    severity: openIngress,
    describe: (change) =>
      describeRule(change, 'ingress', groupWords, 'reach') ??
      describeRule(change, 'egress', groupWords, 'be reached at'),
  },
  {
    name: 'aws_security_group_rule',
    title: 'security group rule',
    layer: 'network',
    noise: { defaults: { '/self': false }, quantity: { '/protocol': 'case-insensitive' } },
    severity: openRule,
    describe: describeStandalone(ruleWords),
  },
  {
    name: 'aws_vpc_security_group_ingress_rule',
    title: 'ingress rule',
    layer: 'network',
    severity: openRule,
    describe: describeStandalone(vpcRuleWords),
  },
  {
    name: 'aws_vpc_security_group_egress_rule',
    title: 'egress rule',
    layer: 'network',
    severity: [{ path: '/**', severity: 'medium' }],
    describe: describeStandalone(vpcRuleWords),
  },
  {
    name: 'aws_network_acl',
    title: 'network ACL',
    layer: 'network',
    noise: {
      unordered: ['/ingress', '/egress'],
      identity: { '/ingress': ['rule_no'], '/egress': ['rule_no'] },
      defaults: Object.fromEntries(
        at('ingress/*/icmp_code ingress/*/icmp_type egress/*/icmp_code egress/*/icmp_type').map((path) => [path, 0]),
      ),
    },
    severity: openIngress,
  },
  {
    name: 'aws_vpc',
    title: 'VPC',
    layer: 'network',
    noise: {
      instance: at(
        'default_network_acl_id default_route_table_id default_security_group_id dhcp_options_id main_route_table_id ipv6_association_id',
      ),
      assigned: at(
        'default_network_acl_id default_route_table_id default_security_group_id main_route_table_id enable_network_address_usage_metrics',
      ),
      defaults: {
        '/instance_tenancy': 'default',
        '/enable_dns_support': true,
        '/assign_generated_ipv6_cidr_block': false,
        '/ipv6_netmask_length': 0,
      },
    },
    severity: [{ path: '/cidr_block', severity: 'high' }],
  },
  guarded(subnetSwitches, {
    name: 'aws_subnet',
    title: 'subnet',
    layer: 'network',
    noise: {
      instance: ['/ipv6_cidr_block_association_id'],
      assigned: at(
        'private_dns_hostname_type_on_launch ipv6_cidr_block_association_id enable_dns64 enable_lni_at_device_index enable_resource_name_dns_a_record_on_launch enable_resource_name_dns_aaaa_record_on_launch ipv6_native map_customer_owned_ip_on_launch',
      ),
      defaults: { '/map_public_ip_on_launch': false },
    },
  }),
  {
    name: 'aws_route_table',
    title: 'route table',
    layer: 'network',
    noise: {
      unordered: ['/route', '/propagating_vgws'],
      identity: { '/route': ['cidr_block', 'ipv6_cidr_block', 'destination_prefix_list_id'] },
      instance: at(
        'gateway_id nat_gateway_id network_interface_id transit_gateway_id vpc_endpoint_id vpc_peering_connection_id egress_only_gateway_id',
        '/route/*',
      ),
    },
    severity: [{ path: '/route/**', severity: 'high' }],
  },
  {
    name: 'aws_route',
    title: 'route',
    layer: 'network',
    noise: { computed: at('state origin instance_owner_id') },
    severity: [{ path: '/**', severity: 'high' }],
  },
  {
    name: 'aws_route53_record',
    title: 'DNS record',
    layer: 'network',
    noise: {
      unordered: ['/records'],
      computed: ['/allow_overwrite'],
      quantity: { '/name': 'case-insensitive' },
      instance: ['/alias/*/zone_id', '/alias/*/name'],
      defaults: { '/multivalue_answer_routing_policy': false },
    },
    severity: [
      { path: '/records', severity: 'high' },
      { path: '/alias/**', severity: 'high' },
    ],
  },
  guarded(balancerSwitches, {
    name: 'aws_lb',
    title: 'load balancer',
    layer: 'network',
    noise: {
      unordered: ['/subnet_mapping'],
      identity: { '/subnet_mapping': ['subnet_id'] },
      computed: ['/name_prefix'],
      assigned: at(
        'subnet_mapping connection_logs access_logs client_keep_alive enable_tls_version_and_cipher_suite_headers enable_xff_client_port enable_zonal_shift desync_mitigation_mode xff_header_processing_mode enforce_security_group_inbound_rules_on_private_link_traffic',
      ),
      defaults: {
        '/idle_timeout': 60,
        '/client_keep_alive': 3600,
        '/enable_http2': true,
        '/load_balancer_type': 'application',
        '/ip_address_type': 'ipv4',
      },
    },
  }),
  {
    name: 'aws_lb_listener',
    title: 'listener',
    layer: 'network',
    noise: {
      instance: ['/default_action/*/target_group_arn', '/default_action/*/forward/*/target_group/*/arn'],
      assigned: [
        ...at('tcp_idle_timeout_seconds mutual_authentication routing_http_response_server_enabled'),
        ...at('order forward', '/default_action/*'),
      ],
      unordered: ['/default_action/*/forward/*/target_group'],
      secret: ['/default_action/*/authenticate_oidc/*/client_secret'],
    },
    severity: [
      { path: '/protocol', severity: 'critical', when: ({ after }) => after === 'HTTP' || after === 'TCP' },
      { path: '/ssl_policy', severity: 'high' },
    ],
  },
  {
    name: 'aws_lb_target_group',
    title: 'target group',
    layer: 'network',
    noise: {
      computed: ['/name_prefix'],
      quantity: { '/deregistration_delay': 'scalar' },
      assigned: [
        ...at(
          'load_balancing_cross_zone_enabled load_balancing_anomaly_mitigation target_failover target_group_health target_health_state connection_termination lambda_multi_value_headers_enabled preserve_client_ip proxy_protocol_v2 load_balancing_algorithm_type',
        ),
        ...at('cookie_duration cookie_name', '/stickiness/*'),
      ],
      defaults: { '/deregistration_delay': 300, '/slow_start': 0 },
    },
  },
  {
    name: 'aws_vpc_endpoint',
    title: 'VPC endpoint',
    layer: 'network',
    noise: {
      computed: at('state dns_entry cidr_blocks'),
      unordered: ['/subnet_configuration'],
      assigned: at(
        'prefix_list_id requester_managed subnet_configuration ip_address_type dns_options auto_accept policy',
      ),
    },
    severity: policySeverity('/policy'),
  },
  {
    name: 'aws_internet_gateway',
    title: 'internet gateway',
    layer: 'network',
    severity: [{ path: '', severity: 'high' }],
  },
  {
    name: 'aws_nat_gateway',
    title: 'NAT gateway',
    layer: 'network',
    noise: {
      unordered: at('secondary_allocation_ids secondary_private_ip_addresses'),
      instance: at('secondary_allocation_ids secondary_private_ip_addresses'),
    },
  },
];
