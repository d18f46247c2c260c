import { block, blocks, flag, isTrueAt, number, shape, text, textAt, texts } from '../../shared/cloud/shape.ts';
import { last, renamed, type Table, table } from '../row.ts';

const protocol = shape({ protocol: text('IPProtocol'), ports: texts('ports') });

const subnetwork = table(
  'compute.googleapis.com/Subnetwork',
  'google_compute_subnetwork',
  shape({
    ip_cidr_range: text('ipCidrRange'),
    network: text('network'),
    region: last('region'),
    gateway_address: text('gatewayAddress'),
    private_ip_google_access: flag('privateIpGoogleAccess'),
    purpose: text('purpose'),
    stack_type: text('stackType'),
    secondary_ip_range: blocks(
      'secondaryIpRanges',
      shape({ range_name: text('rangeName'), ip_cidr_range: text('ipCidrRange') }),
    ),
    log_config: (data) =>
      isTrueAt(data, 'logConfig.enable')
        ? [
            shape({
              aggregation_interval: text('logConfig.aggregationInterval'),
              flow_sampling: number('logConfig.flowSampling'),
              metadata: text('logConfig.metadata'),
            })(data),
          ]
        : [],
  }),
);

const route = table(
  'compute.googleapis.com/Route',
  'google_compute_route',
  shape({
    dest_range: text('destRange'),
    network: text('network'),
    priority: number('priority'),
    tags: texts('tags'),
    next_hop_gateway: text('nextHopGateway'),
    next_hop_ip: text('nextHopIp'),
    next_hop_instance: text('nextHopInstance'),
    next_hop_ilb: text('nextHopIlb'),
    next_hop_vpn_tunnel: text('nextHopVpnTunnel'),
    next_hop_network: text('nextHopNetwork'),
  }),
);

export const networkTables: readonly Table[] = [
  table(
    'compute.googleapis.com/Firewall',
    'google_compute_firewall',
    shape({
      network: text('network'),
      direction: text('direction'),
      priority: number('priority'),
      disabled: flag('disabled'),
      source_ranges: texts('sourceRanges'),
      destination_ranges: texts('destinationRanges'),
      source_tags: texts('sourceTags'),
      target_tags: texts('targetTags'),
      source_service_accounts: texts('sourceServiceAccounts'),
      target_service_accounts: texts('targetServiceAccounts'),
      allow: blocks('allowed', protocol),
      deny: blocks('denied', protocol),
      log_config: (data) =>
        isTrueAt(data, 'logConfig.enable') ? [{ metadata: textAt(data, 'logConfig.metadata') ?? '' }] : [],
    }),
  ),
  table(
    'compute.googleapis.com/Network',
    'google_compute_network',
    shape({
      auto_create_subnetworks: flag('autoCreateSubnetworks'),
      routing_mode: text('routingConfig.routingMode'),
      mtu: number('mtu'),
      gateway_ipv4: text('gatewayIPv4'),
      network_firewall_policy_enforcement_order: text('networkFirewallPolicyEnforcementOrder'),
    }),
  ),
  // One name may stand in every region.
  renamed(subnetwork, (found) => ({ ...found, name: `${textAt(found.attributes, 'region') ?? ''}/${found.name}` })),
  renamed(route, (found) => ({ ...found, isGiven: /^default-route-/.test(found.name) })),
  table(
    'compute.googleapis.com/ForwardingRule',
    'google_compute_forwarding_rule',
    shape({
      region: last('region'),
      ip_address: text('IPAddress'),
      ip_protocol: text('IPProtocol'),
      port_range: text('portRange'),
      ports: texts('ports'),
      load_balancing_scheme: text('loadBalancingScheme'),
      target: text('target'),
      network: text('network'),
      subnetwork: text('subnetwork'),
      network_tier: text('networkTier'),
      allow_global_access: flag('allowGlobalAccess'),
      service_directory_registrations: block('serviceDirectoryRegistrations', shape({ namespace: text('namespace') })),
    }),
  ),
];
