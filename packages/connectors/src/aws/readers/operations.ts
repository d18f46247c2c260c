import type { Json, JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import {
  block,
  blocks,
  entries,
  flag,
  itemsAt,
  mapping,
  number,
  shape,
  text,
  textAt,
  texts,
} from '../../shared/cloud/shape.ts';
import type { Call, Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

const metric = shape({
  metric_name: text('MetricName'),
  namespace: text('Namespace'),
  dimensions: entries('Dimensions.member', 'Name', 'Value'),
});

const alarm = shape({
  id: text('AlarmName'),
  alarm_name: text('AlarmName'),
  arn: text('AlarmArn'),
  alarm_description: text('AlarmDescription'),
  actions_enabled: flag('ActionsEnabled'),
  alarm_actions: texts('AlarmActions.member'),
  ok_actions: texts('OKActions.member'),
  insufficient_data_actions: texts('InsufficientDataActions.member'),
  metric_name: text('MetricName'),
  namespace: text('Namespace'),
  statistic: text('Statistic'),
  extended_statistic: text('ExtendedStatistic'),
  dimensions: entries('Dimensions.member', 'Name', 'Value'),
  period: number('Period'),
  unit: text('Unit'),
  evaluation_periods: number('EvaluationPeriods'),
  datapoints_to_alarm: number('DatapointsToAlarm'),
  threshold: number('Threshold'),
  threshold_metric_id: text('ThresholdMetricId'),
  comparison_operator: text('ComparisonOperator'),
  treat_missing_data: text('TreatMissingData'),
  evaluate_low_sample_count_percentiles: text('EvaluateLowSampleCountPercentile'),
  metric_query: blocks(
    'Metrics.member',
    shape({
      id: text('Id'),
      expression: text('Expression'),
      label: text('Label'),
      return_data: flag('ReturnData'),
      period: number('Period'),
      account_id: text('AccountId'),
      metric: block('MetricStat', (node: Json) => ({
        ...metric(itemsAt(node, 'Metric')[0] ?? null),
        ...shape({ period: number('Period'), stat: text('Stat'), unit: text('Unit') })(node),
      })),
    }),
  ),
});

const alarms: Reader = {
  title: 'alarms',
  kinds: ['aws_cloudwatch_metric_alarm'],
  actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'],
  async *read(aws) {
    const found = aws.pages(
      {
        service: 'cloudwatch',
        action: 'DescribeAlarms',
        parameters: { MaxRecords: 100, 'AlarmTypes.member.1': 'MetricAlarm' },
      },
      { items: 'MetricAlarms.member', ask: 'NextToken', next: 'NextToken' },
    );
    yield* mapParallel(found, 6, async (node): Promise<Draft> => {
      const arn = textAt(node, 'AlarmArn') ?? '';
      const answer = await aws.send({
        service: 'cloudwatch',
        action: 'ListTagsForResource',
        parameters: { ResourceARN: arn },
      });
      const attributes = { ...alarm(node), tags: keyValueTags('Tags.member')(answer) ?? {} };
      return { kind: 'aws_cloudwatch_metric_alarm', name: textAt(node, 'AlarmName') ?? arn, attributes, ids: [arn] };
    });
  },
};

const backup = (action: string, path: string, query?: Readonly<Record<string, string>>): Call => ({
  service: 'backup',
  action,
  path,
  ...(query && { query }),
});
const pages = (aws: Region, action: string, path: string, items: string) =>
  aws.pages(backup(action, path, { maxResults: '100' }), { items, ask: 'nextToken', next: 'NextToken' });

const lifecycle = shape({
  cold_storage_after: number('MoveToColdStorageAfterDays'),
  delete_after: number('DeleteAfterDays'),
});

const rule = shape({
  rule_name: text('RuleName'),
  target_vault_name: text('TargetBackupVaultName'),
  schedule: text('ScheduleExpression'),
  schedule_expression_timezone: text('ScheduleExpressionTimezone'),
  start_window: number('StartWindowMinutes'),
  completion_window: number('CompletionWindowMinutes'),
  enable_continuous_backup: flag('EnableContinuousBackup'),
  recovery_point_tags: mapping('RecoveryPointTags'),
  lifecycle: block('Lifecycle', lifecycle),
  copy_action: blocks(
    'CopyActions',
    shape({ destination_vault_arn: text('DestinationBackupVaultArn'), lifecycle: block('Lifecycle', lifecycle) }),
  ),
});

const listPlans = (aws: Region) => pages(aws, 'ListBackupPlans', '/backup/plans/', 'BackupPlansList');

const plans: Reader = {
  title: 'backup plans',
  kinds: ['aws_backup_plan'],
  actions: ['backup:ListBackupPlans', 'backup:GetBackupPlan', 'backup:ListTags'],
  async *read(aws) {
    yield* mapParallel(listPlans(aws), 4, async (node): Promise<Draft> => {
      const id = textAt(node, 'BackupPlanId') ?? '';
      const arn = textAt(node, 'BackupPlanArn') ?? '';
      const [answer, tags] = await Promise.all([
        aws.send(backup('GetBackupPlan', `/backup/plans/${id}/`)),
        tagsOf(aws, arn),
      ]);
      const name = textAt(answer, 'BackupPlan.BackupPlanName') ?? id;
      const attributes = { id, arn, name, rule: blocks('BackupPlan.Rules', rule)(answer) ?? [], tags };
      return { kind: 'aws_backup_plan', name, attributes, ids: [arn, id] };
    });
  },
};

const selections: Reader = {
  title: 'what backup plans cover',
  kinds: ['aws_backup_selection'],
  actions: ['backup:ListBackupPlans', 'backup:ListBackupSelections', 'backup:GetBackupSelection'],
  async *read(aws) {
    for await (const plan of listPlans(aws)) {
      const id = textAt(plan, 'BackupPlanId') ?? '';
      const path = `/backup/plans/${id}/selections/`;
      for await (const each of pages(aws, 'ListBackupSelections', path, 'BackupSelectionsList')) {
        const selection = textAt(each, 'SelectionId') ?? '';
        const answer = await aws.send(backup('GetBackupSelection', `${path}${selection}`));
        const [described = null] = itemsAt(answer, 'BackupSelection');
        const name = `${textAt(plan, 'BackupPlanName') ?? id}/${textAt(described, 'SelectionName') ?? selection}`;
        const attributes = { id: selection, plan_id: id, ...covered(described) };
        yield { kind: 'aws_backup_selection', name, attributes, ids: [selection] };
      }
    }
  },
};

const covered = shape({
  name: text('SelectionName'),
  iam_role_arn: text('IamRoleArn'),
  resources: texts('Resources'),
  not_resources: texts('NotResources'),
  selection_tag: blocks(
    'ListOfTags',
    shape({ type: text('ConditionType'), key: text('ConditionKey'), value: text('ConditionValue') }),
  ),
});

async function tagsOf(aws: Region, arn: string): Promise<JsonObject> {
  const tags = mapping('Tags')(await aws.send(backup('ListTags', `/tags/${encodeURIComponent(arn)}/`)));
  return (tags ?? {}) as JsonObject;
}

const vault = shape({
  id: text('BackupVaultName'),
  name: text('BackupVaultName'),
  arn: text('BackupVaultArn'),
  kms_key_arn: text('EncryptionKeyArn'),
});

const lock = shape({ min_retention_days: number('MinRetentionDays'), max_retention_days: number('MaxRetentionDays') });

const vaults: Reader = {
  title: 'backup vaults and their locks',
  kinds: ['aws_backup_vault', 'aws_backup_vault_lock_configuration'],
  actions: ['backup:ListBackupVaults', 'backup:ListTags'],
  async *read(aws) {
    const found = pages(aws, 'ListBackupVaults', '/backup-vaults/', 'BackupVaultList');
    for await (const drafts of mapParallel(found, 4, async (node): Promise<readonly Draft[]> => {
      const arn = textAt(node, 'BackupVaultArn') ?? '';
      const name = textAt(node, 'BackupVaultName') ?? arn;
      const attributes = { ...vault(node), tags: await tagsOf(aws, arn) };
      const isLocked = flag('Locked')(node) === true;
      const locked = { id: name, backup_vault_name: name, backup_vault_arn: arn, ...lock(node) };
      return [
        { kind: 'aws_backup_vault', name, attributes, ids: [arn, name], isGiven: name === 'Default' },
        ...(isLocked ? [{ kind: 'aws_backup_vault_lock_configuration', name, attributes: locked, ids: [name] }] : []),
      ];
    }))
      yield* drafts;
  },
};

export const operationReaders: readonly Reader[] = [alarms, plans, selections, vaults];
