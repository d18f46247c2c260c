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
    },
  },
];
