import { type Change, isJsonArray, isJsonObject, type Json } from '@leeway/core';
import { at, type KindDeclaration } from './define.ts';
import { describeRule, type RuleWords } from './network-words.ts';

const ruleWords: RuleWords = {
  sources: ['source_address_prefix', 'source_address_prefixes'],
  ports: ['destination_port_range', 'destination_port_ranges'],
  protocol: 'protocol',
};

/** Azure's words for everybody (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview). */
const everybody = new Set(['*', '0.0.0.0/0', '::/0', 'Internet', 'Any', '0.0.0.0']);

function letsEverybodyIn(rule: Json | undefined): boolean {
  if (typeof rule === 'string') return everybody.has(rule);
  if (isJsonArray(rule)) return rule.some(letsEverybodyIn);
  if (!isJsonObject(rule) || rule['access'] === 'Deny' || rule['direction'] === 'Outbound') return false;
  return ruleWords.sources.some((field) => letsEverybodyIn(rule[field]));
}

function opensGroup({ path, before, after }: Change): boolean {
  const isSource = isJsonObject(after) || path.includes('source_address_prefix');
  return isSource && letsEverybodyIn(after) && !letsEverybodyIn(before);
}

const portLists = at('source_port_ranges destination_port_ranges source_address_prefixes destination_address_prefixes');

export const azurermNetwork: readonly KindDeclaration[] = [
  {
    name: 'azurerm_network_security_group',
    title: 'network security group',
    layer: 'network',
    noise: {
      unordered: ['/security_rule', ...portLists.map((path) => `/security_rule/*${path}`)],
      identity: { '/security_rule': ['name'] },
      quantity: { '/security_rule/*/protocol': 'case-insensitive' },
    },
    severity: [
      { path: '/security_rule/**', severity: 'critical', when: opensGroup },
      { path: '/security_rule/**', severity: 'high' },
    ],
    describe: (change) => describeRule(change, 'security_rule', ruleWords, 'reach'),
  },
  {
    name: 'azurerm_network_security_rule',
    title: 'network security rule',
    layer: 'network',
    noise: { unordered: portLists },
    severity: [
      { path: '/**', severity: 'critical', when: opensGroup },
      { path: '/**', severity: 'high' },
    ],
  },
  {
    name: 'azurerm_virtual_network',
    title: 'virtual network',
    layer: 'network',
    noise: {
      unordered: at('address_space subnet dns_servers'),
      identity: { '/subnet': ['name'] },
      instance: at('subnet/*/id subnet/*/security_group'),
      // Each has a type of its own; the provider shows them here as well.
      assigned: ['/subnet', '/private_endpoint_vnet_policies'],
    },
    severity: [{ path: '/address_space', severity: 'high' }],
  },
  {
    name: 'azurerm_subnet',
    title: 'subnet',
    layer: 'network',
    noise: {
      unordered: at('address_prefixes service_endpoints service_endpoint_policy_ids'),
      identity: { '/delegation': ['name'] },
      assigned: at(
        'private_endpoint_network_policies_enabled enforce_private_link_endpoint_network_policies enforce_private_link_service_network_policies private_link_service_network_policies_enabled',
      ),
      defaults: { '/default_outbound_access_enabled': true, '/private_endpoint_network_policies': 'Disabled' },
    },
  },
  ...['network_security_group', 'route_table'].map(
    (guard): KindDeclaration => ({
      name: `azurerm_subnet_${guard}_association`,
      title: 'subnet association',
      layer: 'network',
      noise: { instance: at('network_security_group_id route_table_id') },
      severity: [
        { path: '', severity: 'critical', when: ({ after }) => after === undefined },
        { path: '/**', severity: 'high' },
      ],
    }),
  ),
  {
    name: 'azurerm_route_table',
    title: 'route table',
    layer: 'network',
    noise: {
      unordered: ['/route'],
      identity: { '/route': ['name'] },
      instance: ['/subnets'],
      assigned: ['/subnets', '/disable_bgp_route_propagation'],
      defaults: { '/bgp_route_propagation_enabled': true },
    },
    severity: [{ path: '/route/**', severity: 'high' }],
  },
  {
    name: 'azurerm_public_ip',
    title: 'public address',
    layer: 'network',
    noise: { assigned: at('ddos_protection_mode edge_zone ip_tags') },
    severity: [{ path: '', severity: 'high' }],
  },
  {
    name: 'azurerm_lb',
    title: 'load balancer',
    layer: 'network',
    noise: {
      unordered: ['/frontend_ip_configuration'],
      identity: { '/frontend_ip_configuration': ['name'] },
      instance: at(
        'id subnet_id public_ip_address_id private_ip_address load_balancer_rules inbound_nat_rules outbound_rules gateway_load_balancer_frontend_ip_configuration_id',
        '/frontend_ip_configuration/*',
      ),
      assigned: [
        ...at('private_ip_address private_ip_addresses'),
        ...at(
          'load_balancer_rules inbound_nat_rules outbound_rules private_ip_address_version',
          '/frontend_ip_configuration/*',
        ),
      ],
    },
    severity: [{ path: '/frontend_ip_configuration/**', severity: 'high' }],
  },
  {
    name: 'azurerm_private_endpoint',
    title: 'private endpoint',
    layer: 'network',
    noise: {
      instance: at('private_connection_resource_id private_ip_address', '/private_service_connection/*'),
      assigned: at(
        'custom_dns_configs network_interface private_dns_zone_configs private_dns_zone_group private_service_connection/*/private_ip_address',
      ),
    },
    severity: [{ path: '', severity: 'high' }],
  },
];
