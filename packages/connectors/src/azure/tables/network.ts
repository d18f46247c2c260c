import type { Json } from '@leeway/core';
import { asIs, blocks, flag, itemsAt, number, shape, text, textAt, texts } from '../../shared/cloud/shape.ts';
import { lastPart, not, type Table, table } from '../row.ts';

const rule = shape({
  name: text('name'),
  description: text('properties.description'),
  priority: number('properties.priority'),
  direction: text('properties.direction'),
  access: text('properties.access'),
  protocol: text('properties.protocol'),
  source_port_range: text('properties.sourcePortRange'),
  source_port_ranges: texts('properties.sourcePortRanges'),
  destination_port_range: text('properties.destinationPortRange'),
  destination_port_ranges: texts('properties.destinationPortRanges'),
  source_address_prefix: text('properties.sourceAddressPrefix'),
  source_address_prefixes: texts('properties.sourceAddressPrefixes'),
  destination_address_prefix: text('properties.destinationAddressPrefix'),
  destination_address_prefixes: texts('properties.destinationAddressPrefixes'),
  source_application_security_group_ids: texts('properties.sourceApplicationSecurityGroups', 'id'),
  destination_application_security_group_ids: texts('properties.destinationApplicationSecurityGroups', 'id'),
});

const network = table(
  'microsoft.network/virtualNetworks',
  'azurerm_virtual_network',
  shape({
    address_space: texts('properties.addressSpace.addressPrefixes'),
    dns_servers: texts('properties.dhcpOptions.dnsServers'),
    guid: text('properties.resourceGuid'),
    flow_timeout_in_minutes: number('properties.flowTimeoutInMinutes'),
  }),
);

const delegation = shape({
  name: text('name'),
  service_delegation: (node) => [
    shape({ name: text('properties.serviceName'), actions: texts('properties.actions') })(node),
  ],
});

const subnet = shape({
  id: text('id'),
  name: text('name'),
  address_prefixes: (node) => {
    const many = itemsAt(node, 'properties.addressPrefixes');
    return many.length > 0 ? [...many] : itemsAt(node, 'properties.addressPrefix').slice();
  },
  service_endpoints: texts('properties.serviceEndpoints', 'service'),
  delegation: blocks('properties.delegations', delegation),
  private_endpoint_network_policies: text('properties.privateEndpointNetworkPolicies'),
  default_outbound_access_enabled: flag('properties.defaultOutboundAccess'),
});

/** A network's row tells of its subnets, and of what guards them. */
const networks: Table = {
  type: network.type,
  kinds: [
    'azurerm_virtual_network',
    'azurerm_subnet',
    'azurerm_subnet_network_security_group_association',
    'azurerm_subnet_route_table_association',
  ],
  read(row) {
    const name = textAt(row, 'name') ?? '';
    const place = { resource_group_name: textAt(row, 'resourceGroup') ?? '', virtual_network_name: name };
    const bond = (node: Json, kind: string, field: string, path: string) => {
      const id = textAt(node, 'id') ?? '';
      const other = textAt(node, `properties.${path}.id`);
      const label = `${name}/${textAt(node, 'name') ?? ''}`;
      return other === undefined ? [] : [{ kind, name: label, attributes: { id, subnet_id: id, [field]: other }, id }];
    };
    const parts = itemsAt(row, 'properties.subnets').flatMap((node) => [
      {
        kind: 'azurerm_subnet',
        name: `${name}/${textAt(node, 'name') ?? ''}`,
        attributes: { ...subnet(node), ...place },
        id: textAt(node, 'id') ?? '',
      },
      ...bond(
        node,
        'azurerm_subnet_network_security_group_association',
        'network_security_group_id',
        'networkSecurityGroup',
      ),
      ...bond(node, 'azurerm_subnet_route_table_association', 'route_table_id', 'routeTable'),
    ]);
    return [...network.read(row), ...parts];
  },
};

export const networkTables: readonly Table[] = [
  networks,
  table(
    'microsoft.network/networkSecurityGroups',
    'azurerm_network_security_group',
    shape({ security_rule: blocks('properties.securityRules', rule) }),
  ),
  table(
    'microsoft.network/routeTables',
    'azurerm_route_table',
    shape({
      bgp_route_propagation_enabled: not('properties.disableBgpRoutePropagation'),
      route: blocks(
        'properties.routes',
        shape({
          name: text('name'),
          address_prefix: text('properties.addressPrefix'),
          next_hop_type: text('properties.nextHopType'),
          next_hop_in_ip_address: text('properties.nextHopIpAddress'),
        }),
      ),
    }),
  ),
  table(
    'microsoft.network/publicIPAddresses',
    'azurerm_public_ip',
    shape({
      allocation_method: text('properties.publicIPAllocationMethod'),
      ip_version: text('properties.publicIPAddressVersion'),
      ip_address: text('properties.ipAddress'),
      idle_timeout_in_minutes: number('properties.idleTimeoutInMinutes'),
      domain_name_label: text('properties.dnsSettings.domainNameLabel'),
      fqdn: text('properties.dnsSettings.fqdn'),
      sku: text('sku.name'),
      sku_tier: text('sku.tier'),
    }),
  ),
  table(
    'microsoft.network/loadBalancers',
    'azurerm_lb',
    shape({
      sku: text('sku.name'),
      sku_tier: text('sku.tier'),
      frontend_ip_configuration: blocks(
        'properties.frontendIPConfigurations',
        shape({
          name: text('name'),
          id: text('id'),
          subnet_id: text('properties.subnet.id'),
          public_ip_address_id: text('properties.publicIPAddress.id'),
          private_ip_address: text('properties.privateIPAddress'),
          private_ip_address_allocation: text('properties.privateIPAllocationMethod'),
          zones: asIs('zones'),
        }),
      ),
    }),
  ),
  table(
    'microsoft.network/privateEndpoints',
    'azurerm_private_endpoint',
    shape({
      subnet_id: text('properties.subnet.id'),
      custom_network_interface_name: text('properties.customNetworkInterfaceName'),
      private_service_connection: blocks(
        'properties.privateLinkServiceConnections',
        shape({
          name: (node) => lastPart(textAt(node, 'name') ?? ''),
          is_manual_connection: () => false,
          private_connection_resource_id: text('properties.privateLinkServiceId'),
          subresource_names: texts('properties.groupIds'),
        }),
      ),
    }),
  ),
];
