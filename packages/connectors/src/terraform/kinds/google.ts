import type { Change, JsonObject, Kind } from '@leeway/core';
import { at, defineKinds, type KindDeclaration, type ProviderRules } from './define.ts';
import { googleOperations } from './google-operations.ts';
import { foldLabels } from './labels.ts';
import { namesTheWorld, opensToWorld, textOf } from './network-words.ts';
import { guarded, isProtected, mustBeOff, mustBeOn, type Switch } from './switches.ts';

const instance = at(`
  id self_link project number numeric_id unique_id generated_id instance_id cluster_id uid email member gateway_ipv4
  gateway_address ip_address first_ip_address public_ip_address private_ip_address connection_name endpoint dns_name
  service_account_email_address network subnetwork network_url subnetwork_id kms_key_name crypto_key key_ring url
`);

const rules: ProviderRules = {
  noise: {
    instance,
    computed: at(
      'creation_timestamp create_time update_time time_created updated etag fingerprint label_fingerprint tags_fingerprint metadata_fingerprint current_status',
    ),
    // Arguments that only Terraform knows: Google itself tells nothing of them.
    assigned: at(`
      deletion_protection deletion_policy force_destroy delete_default_routes_on_create create_ignore_already_exists
      skip_initial_version_creation enable_logging effective_annotations project
    `),
    unordered: at('source_ranges destination_ranges source_tags target_tags members tags'),
  },
  normalize: (attributes: JsonObject) => foldLabels(attributes, 'labels', 'effective_labels', ['terraform_labels']),
};

const world = new Set(['allUsers', 'allAuthenticatedUsers']);

/** A grant to everybody, as a member or among the members. */
function grantsToAll({ before, after, afterResource }: Change): boolean {
  const names = (value: unknown) => [value].flat().some((member) => typeof member === 'string' && world.has(member));
  return (names(after) && !names(before)) || names(afterResource?.['member']) || names(afterResource?.['members']);
}

const grants: readonly KindDeclaration[] = [
  'google_storage_bucket_iam_*',
  'google_project_iam_*',
  'google_*_iam_*',
].map((name) => ({
  name,
  title: 'grant',
  layer: 'identity',
  severity: [
    { path: '/**', severity: 'critical', when: grantsToAll },
    { path: '', severity: 'critical', when: ({ afterResource }) => afterResource?.['role'] === 'roles/owner' },
    { path: '/**', severity: 'high' },
  ],
}));

const keepsBackups: Switch = mustBeOn(
  '/settings/*/backup_configuration/*/enabled',
  'is backed up',
  'is not backed up',
  'critical',
);

export const googleKinds: readonly Kind[] = defineKinds(rules, [
  {
    name: 'google_compute_firewall',
    title: 'firewall rule',
    layer: 'network',
    noise: {
      unordered: at('allow deny allow/*/ports deny/*/ports target_service_accounts source_service_accounts'),
      identity: { '/allow': ['protocol'], '/deny': ['protocol'] },
      quantity: { '/allow/*/protocol': 'case-insensitive', '/deny/*/protocol': 'case-insensitive' },
      computed: ['/enable_logging'],
      defaults: { '/priority': 1000, '/direction': 'INGRESS', '/disabled': false },
    },
    severity: [
      { path: '/source_ranges', severity: 'critical', when: opensToWorld },
      { path: '', severity: 'critical', when: ({ afterResource }) => namesTheWorld(afterResource?.['source_ranges']) },
      { path: '/**', severity: 'high' },
    ],
    describe: ({ path, before, after }) =>
      path === '/source_ranges'
        ? {
            actual: `lets ${textOf(after)} in`,
            expected: `allows ${textOf(before)}`,
          }
        : undefined,
  },
  {
    name: 'google_compute_network',
    title: 'network',
    layer: 'network',
    noise: {
      assigned: at(
        'enable_ula_internal_ipv6 internal_ipv6_range bgp_best_path_selection_mode bgp_always_compare_med bgp_inter_region_cost network_firewall_policy_enforcement_order',
      ),
      defaults: { '/mtu': 0, '/routing_mode': 'REGIONAL' },
    },
  },
  {
    name: 'google_compute_subnetwork',
    title: 'subnetwork',
    layer: 'network',
    noise: {
      identity: { '/secondary_ip_range': ['range_name'] },
      unordered: ['/secondary_ip_range'],
      assigned: at(
        'private_ipv6_google_access internal_ipv6_prefix external_ipv6_prefix ipv6_cidr_range ipv6_access_type ipv6_gce_endpoint subnetwork_id state send_secondary_ip_range_if_empty reserved_internal_range secondary_ip_range/*/reserved_internal_range allow_subnet_cidr_routes_overlap enable_flow_logs log_config/*/filter_expr log_config/*/metadata_fields',
      ),
    },
  },
  guarded(
    [
      mustBeOn(
        '/uniform_bucket_level_access',
        'has one access rule for all objects',
        'lets every object have its own access',
      ),
      mustBeOn('/versioning/*/enabled', 'keeps old versions', 'keeps no old versions'),
    ],
    {
      name: 'google_storage_bucket',
      title: 'bucket',
      layer: 'database',
      noise: {
        quantity: { '/location': 'case-insensitive' },
        assigned: at(
          'autoclass cors custom_placement_config website rpo hierarchical_namespace enable_object_retention ip_filter project_number time_created updated lifecycle_rule/*/condition/*/with_state lifecycle_rule/*/condition/*/send_age_if_zero lifecycle_rule/*/condition/*/send_days_since_custom_time_if_zero lifecycle_rule/*/condition/*/send_days_since_noncurrent_time_if_zero lifecycle_rule/*/condition/*/send_num_newer_versions_if_zero soft_delete_policy/*/effective_time',
        ),
        defaults: { '/storage_class': 'STANDARD', '/force_destroy': false },
      },
      severity: [
        { path: '/public_access_prevention', severity: 'critical', when: ({ after }) => after !== 'enforced' },
      ],
    },
  ),
  ...grants,
  guarded(
    [
      keepsBackups,
      isProtected('/deletion_protection'),
      mustBeOff('/settings/*/ip_configuration/*/ipv4_enabled', 'has a public address', 'has no public address'),
    ],
    {
      name: 'google_sql_database_instance',
      title: 'SQL instance',
      layer: 'database',
      noise: {
        secret: ['/root_password', '/replica_configuration/*/password', '/replica_configuration/*/client_key'],
        instance: [
          '/server_ca_cert',
          '/available_maintenance_versions',
          '/settings/*/ip_configuration/*/private_network',
          '/psc_service_attachment_link',
        ],
        computed: ['/settings/*/version', '/maintenance_version'],
        assigned: at(
          'root_password available_maintenance_versions server_ca_cert service_account_email_address first_ip_address ip_address private_ip_address public_ip_address dns_name dns_names psc_service_attachment_link replica_configuration replica_names replication_cluster master_instance_name maintenance_version instance_type clone restore_backup_context settings/*/version settings/*/location_preference settings/*/insights_config settings/*/password_validation_policy settings/*/sql_server_audit_config settings/*/active_directory_config settings/*/advanced_machine_features settings/*/data_cache_config settings/*/deny_maintenance_period settings/*/collation settings/*/time_zone settings/*/enable_google_ml_integration settings/*/enable_dataplex_integration settings/*/retain_backups_on_delete settings/*/data_disk_provisioned_iops settings/*/data_disk_provisioned_throughput settings/*/ip_configuration/*/psc_config settings/*/ip_configuration/*/allocated_ip_range settings/*/ip_configuration/*/server_ca_mode settings/*/ip_configuration/*/server_ca_pool settings/*/ip_configuration/*/custom_subject_alternative_names',
        ),
        unordered: ['/settings/*/database_flags', '/settings/*/ip_configuration/*/authorized_networks'],
        identity: {
          '/settings/*/database_flags': ['name'],
          '/settings/*/ip_configuration/*/authorized_networks': ['value'],
        },
      },
      severity: [
        { path: '/settings/*/ip_configuration/*/authorized_networks', severity: 'critical', when: opensToWorld },
      ],
    },
  ),
  {
    name: 'google_sql_user',
    title: 'database user',
    layer: 'identity',
    noise: { secret: ['/password'] },
  },
  guarded(
    [
      isProtected('/deletion_protection'),
      mustBeOn(
        '/private_cluster_config/*/enable_private_endpoint',
        'answers inside the network only',
        'answers on the internet',
        'critical',
      ),
    ],
    {
      name: 'google_container_cluster',
      title: 'Kubernetes cluster',
      layer: 'runtime',
      noise: {
        secret: ['/master_auth/*/client_key'],
        instance: at(
          'master_auth services_ipv4_cidr cluster_ipv4_cidr tpu_ipv4_cidr_block operation private_cluster_config/*/private_endpoint private_cluster_config/*/public_endpoint private_cluster_config/*/peering_name node_pool/*/instance_group_urls node_pool/*/managed_instance_group_urls',
        ),
        computed: at('master_version node_version node_pool/*/version node_pool/*/node_count'),
        unordered: ['/node_locations', '/master_authorized_networks_config/*/cidr_blocks'],
        identity: { '/node_pool': ['name'], '/master_authorized_networks_config/*/cidr_blocks': ['cidr_block'] },
      },
      severity: [{ path: '/master_authorized_networks_config/**', severity: 'critical', when: opensToWorld }],
    },
  ),
  {
    name: 'google_container_node_pool',
    title: 'node pool',
    layer: 'runtime',
    noise: {
      computed: at('version node_count operation'),
      instance: at('instance_group_urls managed_instance_group_urls cluster'),
      unordered: ['/node_locations', '/node_config/*/oauth_scopes', '/node_config/*/tags'],
    },
  },
  {
    name: 'google_compute_instance',
    title: 'instance',
    layer: 'host',
    noise: {
      computed: at('cpu_platform'),
      instance: at(
        'network_interface/*/network_ip network_interface/*/network network_interface/*/subnetwork network_interface/*/access_config/*/nat_ip boot_disk/*/source attached_disk/*/source',
      ),
      unordered: ['/service_account/*/scopes'],
    },
    severity: [{ path: '/network_interface/*/access_config', severity: 'high' }],
  },
  {
    name: 'google_kms_crypto_key',
    title: 'key',
    layer: 'secrets',
    noise: {
      quantity: { '/rotation_period': 'duration', '/destroy_scheduled_duration': 'duration' },
      instance: ['/primary'],
      assigned: at('primary crypto_key_backend key_access_justifications_policy'),
    },
    severity: [{ path: '/rotation_period', severity: 'high' }],
  },
  {
    name: 'google_service_account_key',
    title: 'service account key',
    layer: 'identity',
    noise: {
      secret: ['/private_key'],
      instance: at('private_key public_key name valid_after valid_before'),
      assigned: at('private_key public_key private_key_type public_key_type public_key_data keepers'),
    },
    severity: [{ path: '', severity: 'high' }],
  },
  {
    name: 'google_pubsub_subscription',
    title: 'subscription',
    layer: 'messaging',
    noise: {
      quantity: { '/message_retention_duration': 'duration', '/expiration_policy/*/ttl': 'duration' },
      defaults: { '/ack_deadline_seconds': 10, '/message_retention_duration': '604800s' },
    },
  },
  ...googleOperations,
  { name: 'google_*', title: 'Google Cloud resource', layer: 'runtime' },
]);
