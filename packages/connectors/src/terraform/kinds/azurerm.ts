import type { Kind } from '@leeway/core';
import { azurermNetwork } from './azurerm-network.ts';
import { azurermOperations } from './azurerm-operations.ts';
import { at, defineKinds, type ProviderRules } from './define.ts';
import { guarded, isEncrypted, isPublic, mustBeOn } from './switches.ts';

const instance = at(`
  id resource_id tenant_id object_id principal_id client_id resource_guid unique_id guid subscription_id
  virtual_network_id subnet_id network_interface_ids network_interface_id private_ip_address private_ip_addresses
  public_ip_address public_ip_addresses ip_address fqdn fully_qualified_domain_name private_fqdn default_hostname
  vault_uri key_vault_id key_vault_key_id storage_account_id server_id service_plan_id log_analytics_workspace_id
  node_resource_group_id outbound_ip_addresses outbound_ip_address_list possible_outbound_ip_addresses
  possible_outbound_ip_address_list custom_domain_verification_id virtual_machine_id scope role_definition_id
`);

/**
 * Names and ids of resources are case-insensitive, and services answer in whatever case they like
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
 */
const anyCase = [
  ...at('location resource_group_name id'),
  ...instance.filter((path) => path.endsWith('_id')),
  ...instance.filter((path) => path.endsWith('_ids')).map((path) => `${path}/*`),
  '/identity/*/identity_ids/*',
];

const rules: ProviderRules = {
  noise: {
    instance: [...instance, '/identity/*/principal_id', '/identity/*/tenant_id', '/identity/*/identity_ids'],
    computed: at('etag current_version_number created_at'),
    quantity: Object.fromEntries(anyCase.map((path) => [path, 'case-insensitive'] as const)),
    unordered: ['/identity/*/identity_ids', '/zones', '/network_interface_ids'],
  },
};

const storageSecrets = ['primary', 'secondary'].flatMap((side) =>
  at(`${side}_access_key ${side}_connection_string ${side}_blob_connection_string`),
);
const storageEndpoints = ['primary', 'secondary'].flatMap((side) =>
  ['blob', 'queue', 'table', 'file', 'web', 'dfs'].flatMap((service) =>
    at(
      `${side}_${service}_endpoint ${side}_${service}_host ${side}_${service}_internet_endpoint ${side}_${service}_internet_host ${side}_${service}_microsoft_endpoint ${side}_${service}_microsoft_host`,
    ),
  ),
);

export const azurermKinds: readonly Kind[] = defineKinds(rules, [
  ...azurermNetwork,
  ...azurermOperations,
  guarded(
    [
      isPublic('/allow_nested_items_to_be_public'),
      isPublic('/public_network_access_enabled'),
      mustBeOn('/https_traffic_only_enabled', 'takes HTTPS only', 'takes plain HTTP', 'critical'),
      mustBeOn('/enable_https_traffic_only', 'takes HTTPS only', 'takes plain HTTP', 'critical'),
      mustBeOn('/infrastructure_encryption_enabled', 'is encrypted twice', 'is encrypted once', 'medium'),
    ],
    {
      name: 'azurerm_storage_account',
      title: 'storage account',
      layer: 'database',
      noise: {
        secret: storageSecrets,
        instance: [
          ...storageSecrets,
          ...storageEndpoints,
          ...at('primary_location secondary_location network_rules/*/virtual_network_subnet_ids'),
        ],
        unordered: at('network_rules/*/ip_rules network_rules/*/bypass network_rules/*/virtual_network_subnet_ids'),
        assigned: [
          ...storageSecrets,
          ...storageEndpoints,
          ...at(
            'primary_location secondary_location blob_properties queue_properties share_properties static_website dns_endpoint_type edge_zone large_file_share_enabled local_user_enabled nfsv3_enabled sftp_enabled queue_encryption_key_type table_encryption_key_type allowed_copy_scope network_rules/*/private_link_access',
          ),
        ],
        defaults: {
          '/account_kind': 'StorageV2',
          '/access_tier': 'Hot',
          '/shared_access_key_enabled': true,
          '/public_network_access_enabled': true,
        },
      },
      severity: [
        { path: '/min_tls_version', severity: 'high' },
        { path: '/network_rules/**', severity: 'high' },
      ],
    },
  ),
  guarded(
    [
      isPublic('/public_network_access_enabled'),
      mustBeOn('/purge_protection_enabled', 'is protected from purging', 'can be purged'),
    ],
    {
      name: 'azurerm_key_vault',
      title: 'key vault',
      layer: 'secrets',
      noise: {
        unordered: [
          '/access_policy',
          ...at('key_permissions secret_permissions certificate_permissions storage_permissions', '/access_policy/*'),
          ...at('ip_rules virtual_network_subnet_ids', '/network_acls/*'),
        ],
        identity: { '/access_policy': ['object_id', 'application_id'] },
        instance: ['/network_acls/*/virtual_network_subnet_ids'],
        assigned: at('contact rbac_authorization_enabled enable_rbac_authorization'),
      },
      severity: [{ path: '/access_policy/**', severity: 'high' }],
    },
  ),
  {
    name: 'azurerm_key_vault_secret',
    title: 'vault secret',
    layer: 'secrets',
    noise: { secret: ['/value', '/value_wo'], instance: at('version versionless_id resource_versionless_id value') },
  },
  guarded([isPublic('/public_network_access_enabled')], {
    name: 'azurerm_mssql_server',
    title: 'SQL server',
    layer: 'database',
    noise: {
      secret: ['/administrator_login_password'],
      computed: ['/restorable_dropped_database_ids'],
      assigned: at('administrator_login_password connection_policy express_vulnerability_assessment_enabled'),
    },
    severity: [{ path: '/minimum_tls_version', severity: 'high' }],
  }),
  guarded([isEncrypted('/transparent_data_encryption_enabled')], {
    name: 'azurerm_mssql_database',
    title: 'SQL database',
    layer: 'database',
    noise: {
      computed: ['/creation_source_database_id', '/restore_point_in_time'],
      // Parts of their own in the API, which Resource Graph does not hold.
      assigned: at(
        'transparent_data_encryption_enabled transparent_data_encryption_key_vault_key_id short_term_retention_policy long_term_retention_policy threat_detection_policy create_mode geo_backup_enabled ledger_enabled maintenance_configuration_name read_replica_count auto_pause_delay_in_minutes min_capacity enclave_type elastic_pool_id sample_name',
      ),
    },
    severity: [{ path: '/short_term_retention_policy/**', severity: 'high' }],
  }),
  guarded(
    [
      isPublic('/public_network_access_enabled'),
      mustBeOn('/geo_redundant_backup_enabled', 'keeps backups in a second region', 'keeps backups in one region'),
    ],
    {
      name: 'azurerm_postgresql_flexible_server',
      title: 'PostgreSQL server',
      layer: 'database',
      noise: {
        secret: ['/administrator_password'],
        instance: at('delegated_subnet_id private_dns_zone_id'),
        assigned: at(
          'administrator_password administrator_password_wo storage_tier replication_role create_mode maintenance_window',
        ),
        computed: ['/point_in_time_restore_time_in_utc'],
      },
      severity: [{ path: '/backup_retention_days', severity: 'high' }],
    },
  ),
  guarded(
    [
      mustBeOn('/private_cluster_enabled', 'answers inside the network only', 'answers on the internet', 'critical'),
      mustBeOn('/role_based_access_control_enabled', 'enforces roles', 'enforces no roles', 'critical'),
      mustBeOn('/local_account_disabled', 'has no local accounts', 'has local accounts'),
    ],
    {
      name: 'azurerm_kubernetes_cluster',
      title: 'Kubernetes cluster',
      layer: 'runtime',
      noise: {
        secret: at(
          'kube_config kube_config_raw kube_admin_config kube_admin_config_raw service_principal/*/client_secret',
        ),
        instance: at(
          'kube_config kube_config_raw kube_admin_config kube_admin_config_raw portal_fqdn node_resource_group oidc_issuer_url http_application_routing_zone_name kubelet_identity',
        ),
        computed: at('current_kubernetes_version default_node_pool/*/node_count'),
        assigned: at(
          'kube_config kube_config_raw kube_admin_config kube_admin_config_raw portal_fqdn private_fqdn oidc_issuer_url kubelet_identity http_application_routing_enabled http_application_routing_zone_name auto_scaler_profile automatic_upgrade_channel cost_analysis_enabled custom_ca_trust_certificates_base64 disk_encryption_set_id dns_prefix_private_cluster edge_zone image_cleaner_enabled image_cleaner_interval_hours key_vault_secrets_provider linux_profile maintenance_window microsoft_defender monitor_metrics node_os_upgrade_channel node_resource_group_id oms_agent open_service_mesh_enabled private_cluster_public_fqdn_enabled private_dns_zone_id run_command_enabled service_mesh_profile storage_profile support_plan windows_profile workload_autoscaler_profile workload_identity_enabled azure_active_directory_role_based_access_control',
        ),
        unordered: ['/api_server_access_profile/*/authorized_ip_ranges', '/default_node_pool/*/zones'],
      },
      severity: [{ path: '/api_server_access_profile/**', severity: 'high' }],
    },
  ),
  guarded([mustBeOn('/disable_password_authentication', 'takes keys only', 'takes passwords')], {
    name: 'azurerm_linux_virtual_machine',
    title: 'virtual machine',
    layer: 'host',
    noise: {
      secret: ['/admin_password', '/custom_data'],
      unordered: ['/admin_ssh_key'],
      identity: { '/admin_ssh_key': ['username'] },
    },
  }),
  {
    name: 'azurerm_role_assignment',
    title: 'role assignment',
    layer: 'identity',
    noise: {
      instance: ['/name'],
      assigned: ['/skip_service_principal_aad_check', '/delegated_managed_identity_resource_id'],
    },
    severity: [
      {
        path: '',
        severity: 'critical',
        when: ({ afterResource }) => afterResource?.['role_definition_name'] === 'Owner',
      },
      { path: '/**', severity: 'high' },
    ],
  },
  guarded([mustBeOn('/https_only', 'takes HTTPS only', 'takes plain HTTP', 'critical')], {
    name: 'azurerm_linux_web_app',
    title: 'web app',
    layer: 'runtime',
    noise: {
      secret: ['/app_settings/*', '/connection_string/*/value', '/site_credential/*/password'],
      instance: ['/site_credential'],
      unordered: ['/connection_string'],
      identity: { '/connection_string': ['name'] },
    },
  }),
  { name: 'azurerm_*', title: 'Azure resource', layer: 'runtime' },
]);
