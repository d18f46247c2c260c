import type { Json } from '@leeway/core';
import {
  asIs,
  block,
  blocks,
  flag,
  mapping,
  number,
  shape,
  text,
  textAt,
  texts,
  valueAt,
} from '../../shared/cloud/shape.ts';
import { lastPart, renamed, type Table, table } from '../row.ts';

const bucket = shape({
  location: text('location'),
  storage_class: text('storageClass'),
  uniform_bucket_level_access: (data) => flag('iamConfiguration.uniformBucketLevelAccess.enabled')(data) ?? false,
  public_access_prevention: text('iamConfiguration.publicAccessPrevention'),
  versioning: block('versioning', shape({ enabled: flag('enabled') })),
  encryption: block('encryption', shape({ default_kms_key_name: text('defaultKmsKeyName') })),
  retention_policy: block(
    'retentionPolicy',
    shape({ retention_period: number('retentionPeriod'), is_locked: flag('isLocked') }),
  ),
  soft_delete_policy: block(
    'softDeletePolicy',
    shape({ retention_duration_seconds: number('retentionDurationSeconds') }),
  ),
  logging: block('logging', shape({ log_bucket: text('logBucket'), log_object_prefix: text('logObjectPrefix') })),
  requester_pays: flag('billing.requesterPays'),
  default_event_based_hold: flag('defaultEventBasedHold'),
  lifecycle_rule: blocks(
    'lifecycle.rule',
    shape({
      action: block('action', shape({ type: text('type'), storage_class: text('storageClass') })),
      condition: block(
        'condition',
        shape({
          age: number('age'),
          created_before: text('createdBefore'),
          num_newer_versions: number('numNewerVersions'),
          matches_storage_class: texts('matchesStorageClass'),
          matches_prefix: texts('matchesPrefix'),
          matches_suffix: texts('matchesSuffix'),
        }),
      ),
    }),
  ),
});

const sqlSettings = shape({
  tier: text('tier'),
  edition: text('edition'),
  availability_type: text('availabilityType'),
  activation_policy: text('activationPolicy'),
  pricing_plan: text('pricingPlan'),
  disk_size: number('dataDiskSizeGb'),
  disk_type: text('dataDiskType'),
  disk_autoresize: flag('storageAutoResize'),
  disk_autoresize_limit: number('storageAutoResizeLimit'),
  deletion_protection_enabled: flag('deletionProtectionEnabled'),
  connector_enforcement: text('connectorEnforcement'),
  user_labels: mapping('userLabels'),
  database_flags: blocks('databaseFlags', shape({ name: text('name'), value: text('value') })),
  backup_configuration: block(
    'backupConfiguration',
    shape({
      enabled: flag('enabled'),
      start_time: text('startTime'),
      location: text('location'),
      point_in_time_recovery_enabled: flag('pointInTimeRecoveryEnabled'),
      binary_log_enabled: flag('binaryLogEnabled'),
      transaction_log_retention_days: number('transactionLogRetentionDays'),
      backup_retention_settings: block(
        'backupRetentionSettings',
        shape({ retained_backups: number('retainedBackups'), retention_unit: text('retentionUnit') }),
      ),
    }),
  ),
  ip_configuration: block(
    'ipConfiguration',
    shape({
      ipv4_enabled: flag('ipv4Enabled'),
      private_network: text('privateNetwork'),
      ssl_mode: text('sslMode'),
      enable_private_path_for_google_cloud_services: flag('enablePrivatePathForGoogleCloudServices'),
      authorized_networks: blocks(
        'authorizedNetworks',
        shape({ name: text('name'), value: text('value'), expiration_time: text('expirationTime') }),
      ),
    }),
  ),
  maintenance_window: block(
    'maintenanceWindow',
    shape({ day: number('day'), hour: number('hour'), update_track: text('updateTrack') }),
  ),
});

const key = table(
  'cloudkms.googleapis.com/CryptoKey',
  'google_kms_crypto_key',
  shape({
    purpose: text('purpose'),
    rotation_period: text('rotationPeriod'),
    destroy_scheduled_duration: text('destroyScheduledDuration'),
    import_only: flag('importOnly'),
    version_template: block(
      'versionTemplate',
      shape({ algorithm: text('algorithm'), protection_level: text('protectionLevel') }),
    ),
  }),
);

const secret = table(
  'secretmanager.googleapis.com/Secret',
  'google_secret_manager_secret',
  shape({
    secret_id: (data) => lastPart(textAt(data, 'name') ?? ''),
    name: text('name'),
    annotations: mapping('annotations'),
    expire_time: text('expireTime'),
    rotation: block(
      'rotation',
      shape({ rotation_period: text('rotationPeriod'), next_rotation_time: text('nextRotationTime') }),
    ),
    replication: (data) => {
      const chosen = valueAt(data, 'replication.userManaged');
      if (chosen === undefined) return [{ auto: [{}] }];
      return [
        { user_managed: [{ replicas: blocks('replicas', shape({ location: text('location') }))(chosen) ?? [] }] },
      ];
    },
  }),
);

export const dataTables: readonly Table[] = [
  // A bucket's id is its name alone.
  renamed(table('storage.googleapis.com/Bucket', 'google_storage_bucket', bucket), (found) => ({
    ...found,
    attributes: { ...found.attributes, id: found.name, url: `gs://${found.name}` },
    ids: [`b/${found.name}`],
  })),
  renamed(
    table(
      'sqladmin.googleapis.com/Instance',
      'google_sql_database_instance',
      shape({
        database_version: text('databaseVersion'),
        region: text('region'),
        instance_type: text('instanceType'),
        encryption_key_name: text('diskEncryptionConfiguration.kmsKeyName'),
        connection_name: text('connectionName'),
        settings: block('settings', sqlSettings),
      }),
    ),
    (found) => ({ ...found, attributes: { ...found.attributes, id: found.name }, ids: [found.name] }),
  ),
  renamed(key, (found) => {
    const id = textAt(found.attributes, 'id') ?? '';
    const ring = id.replace(/\/cryptoKeys\/.*$/, '');
    return { ...found, name: `${lastPart(ring)}/${found.name}`, attributes: { ...found.attributes, key_ring: ring } };
  }),
  renamed(secret, (found) => ({ ...found, name: lastPart(found.name) })),
  table(
    'artifactregistry.googleapis.com/Repository',
    'google_artifact_registry_repository',
    shape({
      repository_id: (data: Json) => lastPart(textAt(data, 'name') ?? ''),
      format: text('format'),
      mode: text('mode'),
      kms_key_name: text('kmsKeyName'),
      docker_config: block('dockerConfig', shape({ immutable_tags: flag('immutableTags') })),
    }),
  ),
  table(
    'pubsub.googleapis.com/Topic',
    'google_pubsub_topic',
    shape({
      kms_key_name: text('kmsKeyName'),
      message_retention_duration: text('messageRetentionDuration'),
      message_storage_policy: block(
        'messageStoragePolicy',
        shape({ allowed_persistence_regions: texts('allowedPersistenceRegions') }),
      ),
    }),
  ),
  table(
    'pubsub.googleapis.com/Subscription',
    'google_pubsub_subscription',
    shape({
      topic: text('topic'),
      ack_deadline_seconds: number('ackDeadlineSeconds'),
      message_retention_duration: text('messageRetentionDuration'),
      retain_acked_messages: flag('retainAckedMessages'),
      enable_message_ordering: flag('enableMessageOrdering'),
      filter: text('filter'),
      dead_letter_policy: block(
        'deadLetterPolicy',
        shape({ dead_letter_topic: text('deadLetterTopic'), max_delivery_attempts: number('maxDeliveryAttempts') }),
      ),
      expiration_policy: block('expirationPolicy', shape({ ttl: text('ttl') })),
      push_config: block('pushConfig', shape({ push_endpoint: text('pushEndpoint'), attributes: asIs('attributes') })),
    }),
  ),
];
