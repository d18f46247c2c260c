import { at, type KindDeclaration } from './define.ts';
import { guarded, isPublic, mustBeOff, mustBeOn } from './switches.ts';

export const azurermOperations: readonly KindDeclaration[] = [
  guarded([mustBeOn('/enabled', 'is enabled', 'is switched off')], {
    name: 'azurerm_monitor_metric_alert',
    title: 'alert',
    layer: 'observability',
    noise: {
      unordered: at('scopes criteria action criteria/*/dimension'),
      identity: {
        '/criteria': ['metric_namespace', 'metric_name', 'aggregation'],
        '/criteria/*/dimension': ['name'],
      },
      instance: at('scopes action/*/action_group_id'),
      quantity: { '/frequency': 'duration', '/window_size': 'duration' },
      assigned: at('location dynamic_criteria application_insights_web_test_location_availability_criteria'),
      defaults: { '/auto_mitigate': true, '/severity': 3, '/frequency': 'PT1M', '/window_size': 'PT5M' },
    },
    severity: [
      { path: '', severity: 'high', when: ({ after }) => after === undefined },
      { path: '/criteria/**', severity: 'high' },
    ],
  }),
  {
    name: 'azurerm_monitor_action_group',
    title: 'action group',
    layer: 'observability',
    noise: {
      unordered: at('email_receiver webhook_receiver'),
      identity: { '/email_receiver': ['name'], '/webhook_receiver': ['name'] },
      // Addresses of chat services carry their token.
      secret: ['/webhook_receiver/*/service_uri'],
    },
    severity: [{ path: '/**', severity: 'high' }],
  },
  guarded(
    [
      isPublic('/public_network_access_enabled'),
      mustBeOn('/soft_delete_enabled', 'keeps what was deleted for a while', 'forgets what was deleted'),
    ],
    {
      name: 'azurerm_recovery_services_vault',
      title: 'backup vault',
      layer: 'backup',
      noise: {
        assigned: at('encryption monitoring classic_vmware_replication_enabled cross_region_restore_enabled'),
        defaults: { '/immutability': 'Disabled' },
      },
      severity: [{ path: '/immutability', severity: 'high' }],
    },
  ),
  guarded(
    [
      isPublic('/public_network_access_enabled'),
      mustBeOff('/admin_enabled', 'has an administrator account', 'has no administrator account', 'high'),
      mustBeOff('/anonymous_pull_enabled', 'gives images to anybody', 'gives images to who signs in'),
    ],
    {
      name: 'azurerm_container_registry',
      title: 'image registry',
      layer: 'delivery',
      noise: {
        secret: ['/admin_password'],
        instance: at('login_server admin_username admin_password'),
        assigned: at(
          'admin_username admin_password encryption network_rule_set network_rule_bypass_option georeplications data_endpoint_enabled data_endpoint_host_names export_policy_enabled quarantine_policy_enabled retention_policy_in_days trust_policy_enabled',
        ),
      },
    },
  ),
  { name: 'azurerm_user_assigned_identity', title: 'managed identity', layer: 'identity' },
  {
    name: 'azurerm_role_definition',
    title: 'role',
    layer: 'identity',
    noise: {
      unordered: ['/assignable_scopes', ...at('actions not_actions data_actions not_data_actions', '/permissions/*')],
      instance: at('assignable_scopes role_definition_resource_id'),
      assigned: at('scope role_definition_id role_definition_resource_id'),
    },
    severity: [{ path: '/**', severity: 'high' }],
  },
  guarded(
    [
      isPublic('/public_network_access_enabled'),
      mustBeOn('/geo_redundant_backup_enabled', 'keeps backups in a second region', 'keeps backups in one region'),
    ],
    {
      name: 'azurerm_mysql_flexible_server',
      title: 'MySQL server',
      layer: 'database',
      noise: {
        secret: ['/administrator_password'],
        instance: at('delegated_subnet_id private_dns_zone_id'),
        assigned: at('administrator_password replication_role replica_capacity create_mode maintenance_window'),
        computed: ['/point_in_time_restore_time_in_utc'],
      },
      severity: [{ path: '/backup_retention_days', severity: 'high' }],
    },
  ),
];
