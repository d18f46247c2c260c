import type { JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import { flag, itemsAt, number, shape, text, textAt, texts } from '../../shared/cloud/shape.ts';
import type { Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

const pages = (aws: Region, action: string, items: string, parameters: JsonObject = {}) =>
  aws.pages(
    { service: 'rds', action, parameters: { MaxRecords: 100, ...parameters } },
    { items, ask: 'Marker', next: 'Marker' },
  );

const instance = shape({
  id: text('DbiResourceId'),
  resource_id: text('DbiResourceId'),
  arn: text('DBInstanceArn'),
  identifier: text('DBInstanceIdentifier'),
  instance_class: text('DBInstanceClass'),
  engine: text('Engine'),
  engine_version: text('EngineVersion'),
  db_name: text('DBName'),
  username: text('MasterUsername'),
  port: number('Endpoint.Port'),
  address: text('Endpoint.Address'),
  endpoint: (node) => {
    const address = textAt(node, 'Endpoint.Address');
    return address && `${address}:${textAt(node, 'Endpoint.Port') ?? ''}`;
  },
  hosted_zone_id: text('Endpoint.HostedZoneId'),
  allocated_storage: number('AllocatedStorage'),
  max_allocated_storage: number('MaxAllocatedStorage'),
  storage_type: text('StorageType'),
  storage_encrypted: flag('StorageEncrypted'),
  kms_key_id: text('KmsKeyId'),
  iops: number('Iops'),
  multi_az: flag('MultiAZ'),
  availability_zone: text('AvailabilityZone'),
  publicly_accessible: flag('PubliclyAccessible'),
  deletion_protection: flag('DeletionProtection'),
  backup_retention_period: number('BackupRetentionPeriod'),
  backup_window: text('PreferredBackupWindow'),
  maintenance_window: text('PreferredMaintenanceWindow'),
  auto_minor_version_upgrade: flag('AutoMinorVersionUpgrade'),
  copy_tags_to_snapshot: flag('CopyTagsToSnapshot'),
  ca_cert_identifier: text('CACertificateIdentifier'),
  license_model: text('LicenseModel'),
  iam_database_authentication_enabled: flag('IAMDatabaseAuthenticationEnabled'),
  monitoring_interval: number('MonitoringInterval'),
  monitoring_role_arn: text('MonitoringRoleArn'),
  performance_insights_enabled: flag('PerformanceInsightsEnabled'),
  network_type: text('NetworkType'),
  db_subnet_group_name: text('DBSubnetGroup.DBSubnetGroupName'),
  parameter_group_name: (node) =>
    textAt(itemsAt(node, 'DBParameterGroups.DBParameterGroup')[0], 'DBParameterGroupName'),
  option_group_name: (node) =>
    textAt(itemsAt(node, 'OptionGroupMemberships.OptionGroupMembership')[0], 'OptionGroupName'),
  vpc_security_group_ids: texts('VpcSecurityGroups.VpcSecurityGroupMembership', 'VpcSecurityGroupId'),
  enabled_cloudwatch_logs_exports: texts('EnabledCloudwatchLogsExports.member'),
  tags: keyValueTags('TagList.Tag'),
});

const instances: Reader = {
  title: 'database instances',
  kinds: ['aws_db_instance'],
  actions: ['rds:DescribeDBInstances'],
  async *read(aws) {
    for await (const node of pages(aws, 'DescribeDBInstances', 'DBInstances.DBInstance')) {
      const name = textAt(node, 'DBInstanceIdentifier') ?? '';
      yield {
        kind: 'aws_db_instance',
        name,
        attributes: instance(node),
        ids: [textAt(node, 'DBInstanceArn') ?? '', name],
      };
    }
  },
};

const cluster = shape({
  id: text('DBClusterIdentifier'),
  cluster_identifier: text('DBClusterIdentifier'),
  cluster_resource_id: text('DbClusterResourceId'),
  arn: text('DBClusterArn'),
  engine: text('Engine'),
  engine_version: text('EngineVersion'),
  engine_mode: text('EngineMode'),
  database_name: text('DatabaseName'),
  master_username: text('MasterUsername'),
  port: number('Port'),
  endpoint: text('Endpoint'),
  reader_endpoint: text('ReaderEndpoint'),
  hosted_zone_id: text('HostedZoneId'),
  availability_zones: texts('AvailabilityZones.AvailabilityZone'),
  backup_retention_period: number('BackupRetentionPeriod'),
  preferred_backup_window: text('PreferredBackupWindow'),
  preferred_maintenance_window: text('PreferredMaintenanceWindow'),
  storage_encrypted: flag('StorageEncrypted'),
  kms_key_id: text('KmsKeyId'),
  deletion_protection: flag('DeletionProtection'),
  copy_tags_to_snapshot: flag('CopyTagsToSnapshot'),
  iam_database_authentication_enabled: flag('IAMDatabaseAuthenticationEnabled'),
  db_subnet_group_name: text('DBSubnetGroup'),
  db_cluster_parameter_group_name: text('DBClusterParameterGroup'),
  network_type: text('NetworkType'),
  vpc_security_group_ids: texts('VpcSecurityGroups.VpcSecurityGroupMembership', 'VpcSecurityGroupId'),
  enabled_cloudwatch_logs_exports: texts('EnabledCloudwatchLogsExports.member'),
  tags: keyValueTags('TagList.Tag'),
});

const clusters: Reader = {
  title: 'database clusters',
  kinds: ['aws_rds_cluster'],
  actions: ['rds:DescribeDBClusters'],
  async *read(aws) {
    for await (const node of pages(aws, 'DescribeDBClusters', 'DBClusters.DBCluster')) {
      const name = textAt(node, 'DBClusterIdentifier') ?? '';
      yield {
        kind: 'aws_rds_cluster',
        name,
        attributes: cluster(node),
        ids: [textAt(node, 'DBClusterArn') ?? '', name],
      };
    }
  },
};

const group = shape({
  id: text('DBParameterGroupName'),
  name: text('DBParameterGroupName'),
  arn: text('DBParameterGroupArn'),
  family: text('DBParameterGroupFamily'),
  description: text('Description'),
});

const parameter = shape({
  name: text('ParameterName'),
  value: text('ParameterValue'),
  apply_method: text('ApplyMethod'),
});

const parameterGroups: Reader = {
  title: 'database parameter groups',
  kinds: ['aws_db_parameter_group'],
  actions: ['rds:DescribeDBParameterGroups', 'rds:DescribeDBParameters', 'rds:ListTagsForResource'],
  async *read(aws) {
    const found = pages(aws, 'DescribeDBParameterGroups', 'DBParameterGroups.DBParameterGroup');
    yield* mapParallel(found, 4, async (node): Promise<Draft> => {
      const name = textAt(node, 'DBParameterGroupName') ?? '';
      const arn = textAt(node, 'DBParameterGroupArn') ?? '';
      const set: JsonObject[] = [];
      const only = { DBParameterGroupName: name, Source: 'user' };
      for await (const each of pages(aws, 'DescribeDBParameters', 'Parameters.Parameter', only))
        set.push(parameter(each));
      const answer = await aws.send({
        service: 'rds',
        action: 'ListTagsForResource',
        parameters: { ResourceName: arn },
      });
      const attributes = { ...group(node), parameter: set, tags: keyValueTags('TagList.Tag')(answer) ?? {} };
      // Nobody can change the groups AWS ships.
      return {
        kind: 'aws_db_parameter_group',
        name,
        attributes,
        ids: [arn, name],
        isGiven: name.startsWith('default.'),
      };
    });
  },
};

export const rdsReaders: readonly Reader[] = [instances, clusters, parameterGroups];
