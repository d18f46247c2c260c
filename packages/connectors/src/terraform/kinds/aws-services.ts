import { at, type KindDeclaration } from './define.ts';
import { policyDocument, policySeverity } from './policy-document.ts';

export const awsServices: readonly KindDeclaration[] = [
  {
    name: 'aws_sqs_queue',
    title: 'queue',
    layer: 'messaging',
    noise: {
      ...policyDocument('/policy'),
      quantity: { ...policyDocument('/policy').quantity, '/redrive_policy': 'json', '/redrive_allow_policy': 'json' },
      computed: ['/name_prefix'],
      instance: ['/redrive_policy/deadLetterTargetArn'],
      defaults: {
        '/delay_seconds': 0,
        '/max_message_size': 262_144,
        '/message_retention_seconds': 345_600,
        '/receive_wait_time_seconds': 0,
        '/visibility_timeout_seconds': 30,
        '/fifo_queue': false,
        '/content_based_deduplication': false,
        '/kms_data_key_reuse_period_seconds': 300,
      },
    },
    severity: [{ path: '/redrive_policy/**', severity: 'high' }, ...policySeverity('/policy')],
  },
  {
    name: 'aws_sns_topic',
    title: 'topic',
    layer: 'messaging',
    noise: { ...policyDocument('/policy'), computed: at('name_prefix beginning_archive_time'), instance: ['/owner'] },
    severity: policySeverity('/policy'),
  },
  {
    name: 'aws_cloudwatch_metric_alarm',
    title: 'alarm',
    layer: 'observability',
    noise: {
      unordered: at('alarm_actions ok_actions insufficient_data_actions metric_query'),
      identity: { '/metric_query': ['id'] },
      instance: at('alarm_actions ok_actions insufficient_data_actions'),
      quantity: { '/threshold': 'scalar' },
      defaults: { '/actions_enabled': true, '/treat_missing_data': 'missing', '/datapoints_to_alarm': 0 },
    },
    severity: [
      { path: '/actions_enabled', severity: 'high', when: ({ after }) => after === false },
      { path: '/threshold', severity: 'high' },
      { path: '', severity: 'high', when: ({ after }) => after === undefined },
    ],
  },
  {
    name: 'aws_cloudwatch_log_group',
    title: 'log group',
    layer: 'observability',
    noise: { computed: ['/name_prefix', '/skip_destroy'], defaults: { '/log_group_class': 'STANDARD' } },
    severity: [{ path: '/retention_in_days', severity: 'medium' }],
  },
  {
    name: 'aws_acm_certificate',
    title: 'certificate',
    layer: 'secrets',
    noise: {
      secret: ['/private_key'],
      unordered: at('subject_alternative_names domain_validation_options validation_option validation_emails'),
      computed: at('status pending_renewal renewal_eligibility renewal_summary validation_emails'),
      assigned: at(
        'domain_validation_options validation_method validation_option certificate_body certificate_chain private_key',
      ),
      instance: at('not_before not_after domain_validation_options certificate_body certificate_chain'),
      quantity: { '/domain_name': 'case-insensitive', '/subject_alternative_names/*': 'case-insensitive' },
    },
  },
  {
    name: 'aws_backup_plan',
    title: 'backup plan',
    layer: 'backup',
    noise: {
      unordered: ['/rule', '/advanced_backup_setting', '/rule/*/copy_action'],
      identity: { '/rule': ['rule_name'] },
      computed: ['/version'],
      assigned: ['/version', '/advanced_backup_setting'],
      instance: ['/rule/*/copy_action/*/destination_vault_arn'],
    },
    severity: [{ path: '/rule/**', severity: 'high' }],
  },
  {
    name: 'aws_backup_vault',
    title: 'backup vault',
    layer: 'backup',
    noise: { computed: ['/recovery_points'] },
    severity: [{ path: '', severity: 'high' }],
  },
  {
    name: 'aws_backup_vault_lock_configuration',
    title: 'backup vault lock',
    layer: 'backup',
    noise: { instance: ['/backup_vault_arn'], assigned: ['/changeable_for_days'] },
    severity: [{ path: '/**', severity: 'high' }],
  },
  {
    name: 'aws_backup_selection',
    title: 'backup selection',
    layer: 'backup',
    noise: {
      unordered: at('resources not_resources selection_tag condition'),
      instance: at('plan_id iam_role_arn'),
      assigned: ['/condition'],
    },
    severity: [{ path: '/**', severity: 'high' }],
  },
  {
    name: 'aws_ecr_repository_policy',
    title: 'repository policy',
    layer: 'identity',
    noise: policyDocument('/policy'),
    severity: policySeverity('/policy'),
  },
  {
    name: 'aws_ecr_lifecycle_policy',
    title: 'image lifecycle',
    layer: 'delivery',
    noise: { quantity: { '/policy': 'json' } },
  },
  {
    name: 'aws_ecr_repository',
    title: 'image repository',
    layer: 'delivery',
    noise: {
      instance: ['/encryption_configuration/*/kms_key'],
      defaults: { '/image_tag_mutability': 'MUTABLE' },
    },
    severity: [{ path: '/image_tag_mutability', severity: 'high', when: ({ after }) => after === 'MUTABLE' }],
  },
];
