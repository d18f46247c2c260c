import type { JsonObject } from '@leeway/core';
import { at, type KindDeclaration } from './define.ts';
import { guarded, isEncrypted, isProtected, mustBeOff, mustBeOn, type Switch } from './switches.ts';

const databaseDefaults: JsonObject = {
  '/copy_tags_to_snapshot': false,

  '/iam_database_authentication_enabled': false,
  '/monitoring_interval': 0,
  '/performance_insights_enabled': false,
  '/performance_insights_retention_period': 0,
  '/network_type': 'IPV4',
  '/engine_lifecycle_support': 'open-source-rds-extended-support',
};

/** What RDS tells of an instance or cluster while it runs. */
const databaseComputed = at(
  'engine_version_actual status replicas listener_endpoint cluster_members ca_certificate_valid_till identifier_prefix cluster_identifier_prefix apply_immediately',
);

/** Arguments of making and unmaking, and what only some engines tell. */
const databaseAssigned = at(`
  final_snapshot_identifier snapshot_identifier dedicated_log_volume storage_throughput customer_owned_ip_enabled
  allow_major_version_upgrade character_set_name nchar_character_set_name timezone performance_insights_kms_key_id
  performance_insights_retention_period database_insights_mode engine_lifecycle_support iam_roles
  cluster_members enable_http_endpoint allocated_storage_gb
`);

const databaseSwitches: readonly Switch[] = [
  isEncrypted('/storage_encrypted'),
  isProtected('/deletion_protection'),
  mustBeOff('/publicly_accessible', 'is reachable from the internet', 'is not reachable from the internet'),
  mustBeOn('/multi_az', 'runs in two zones', 'runs in one zone only'),
];

export const awsData: readonly KindDeclaration[] = [
  guarded(databaseSwitches, {
    name: 'aws_db_instance',
    title: 'database instance',
    layer: 'database',
    noise: {
      secret: ['/password', '/password_wo'],
      computed: databaseComputed,
      instance: [
        '/master_user_secret',
        '/replicate_source_db',
        '/snapshot_identifier',
        '/final_snapshot_identifier',
        '/monitoring_role_arn',
      ],
      unordered: ['/enabled_cloudwatch_logs_exports', '/domain_dns_ips'],
      assigned: databaseAssigned,
      defaults: databaseDefaults,
      quantity: { '/maintenance_window': 'case-insensitive', '/engine': 'case-insensitive' },
    },
    severity: [
      { path: '/backup_retention_period', severity: 'high' },
      { path: '/password', severity: 'high' },
      { path: '/engine_version', severity: 'medium' },
      { path: '/instance_class', severity: 'medium' },
    ],
  }),
  guarded(databaseSwitches, {
    name: 'aws_rds_cluster',
    title: 'database cluster',
    layer: 'database',
    noise: {
      secret: ['/master_password', '/master_password_wo'],
      computed: databaseComputed,
      instance: [
        '/master_user_secret',
        '/iam_roles',
        '/monitoring_role_arn',
        '/final_snapshot_identifier',
        '/snapshot_identifier',
      ],
      unordered: ['/enabled_cloudwatch_logs_exports', '/iam_roles'],
      assigned: databaseAssigned,
      defaults: databaseDefaults,
      quantity: { '/preferred_maintenance_window': 'case-insensitive' },
    },
    severity: [{ path: '/backup_retention_period', severity: 'high' }],
  }),
  {
    name: 'aws_db_parameter_group',
    title: 'database parameter group',
    layer: 'database',
    noise: {
      identity: { '/parameter': ['name'] },
      unordered: ['/parameter'],
      quantity: { '/parameter/*/value': 'scalar', '/parameter/*/apply_method': 'case-insensitive' },
      defaults: { '/parameter/*/apply_method': 'immediate', '/skip_destroy': false },
      computed: ['/name_prefix'],
    },
    severity: [{ path: '/parameter/**', severity: 'high' }],
  },
  guarded(
    [
      isEncrypted('/at_rest_encryption_enabled'),
      mustBeOn('/transit_encryption_enabled', 'encrypts connections', 'takes plain connections'),
    ],
    {
      name: 'aws_elasticache_replication_group',
      title: 'cache',
      layer: 'database',
      noise: {
        secret: ['/auth_token'],
        unordered: at('member_clusters security_group_names snapshot_arns user_group_ids log_delivery_configuration'),
        computed: at('member_clusters engine_version_actual cluster_enabled apply_immediately'),
        instance: at('configuration_endpoint_address primary_endpoint_address reader_endpoint_address'),
        quantity: { '/at_rest_encryption_enabled': 'scalar', '/auto_minor_version_upgrade': 'scalar' },
      },
    },
  ),
  guarded(
    [
      isProtected('/deletion_protection_enabled'),
      mustBeOn(
        '/point_in_time_recovery/*/enabled',
        'can be restored to any point in time',
        'cannot be restored to a point in time',
      ),
    ],
    {
      name: 'aws_dynamodb_table',
      title: 'table',
      layer: 'database',
      noise: {
        unordered: at(
          'attribute global_secondary_index local_secondary_index replica global_secondary_index/*/non_key_attributes',
        ),
        identity: {
          '/attribute': ['name'],
          '/global_secondary_index': ['name'],
          '/local_secondary_index': ['name'],
          '/replica': ['region_name'],
        },
        instance: at(
          'stream_arn stream_label replica/*/arn replica/*/stream_arn replica/*/stream_label replica/*/kms_key_arn server_side_encryption/*/kms_key_arn',
        ),
        defaults: {
          '/billing_mode': 'PROVISIONED',
          '/table_class': 'STANDARD',
          '/deletion_protection_enabled': false,
          '/stream_enabled': false,
        },
      },
    },
  ),
];
