import { at, type KindDeclaration } from './define.ts';
import { guarded, mustBeOff, mustBeOn } from './switches.ts';

const condition = '/conditions/*';

export const googleOperations: readonly KindDeclaration[] = [
  {
    name: 'google_compute_route',
    title: 'route',
    layer: 'network',
    noise: {
      instance: at('next_hop_network next_hop_instance next_hop_gateway next_hop_ilb next_hop_vpn_tunnel'),
      assigned: at('next_hop_network next_hop_instance_zone as_paths route_status route_type'),
      defaults: { '/priority': 1000 },
    },
    severity: [{ path: '/**', severity: 'high' }],
  },
  {
    name: 'google_compute_forwarding_rule',
    title: 'forwarding rule',
    layer: 'network',
    noise: {
      instance: at('target backend_service'),
      unordered: ['/ports'],
      assigned: ['/service_directory_registrations'],
    },
    severity: [
      {
        path: '/load_balancing_scheme',
        severity: 'critical',
        when: ({ after }) => typeof after === 'string' && after.startsWith('EXTERNAL'),
      },
    ],
  },
  {
    name: 'google_secret_manager_secret',
    title: 'secret',
    layer: 'secrets',
    noise: {
      assigned: at('topics version_aliases version_destroy_ttl ttl tags'),
      quantity: { '/rotation/*/rotation_period': 'duration' },
    },
    severity: [{ path: '/rotation/**', severity: 'high' }],
  },
  guarded([mustBeOn('/docker_config/*/immutable_tags', 'keeps tags where they are', 'lets tags move')], {
    name: 'google_artifact_registry_repository',
    title: 'image repository',
    layer: 'delivery',
    noise: {
      assigned: at(
        'cleanup_policies cleanup_policy_dry_run vulnerability_scanning_config remote_repository_config virtual_repository_config registry_uri maven_config',
      ),
    },
  }),
  {
    name: 'google_pubsub_topic',
    title: 'topic',
    layer: 'messaging',
    noise: {
      quantity: { '/message_retention_duration': 'duration' },
      assigned: at('schema_settings ingestion_data_source_settings message_transforms'),
    },
  },
  guarded([mustBeOn('/enabled', 'is enabled', 'is switched off')], {
    name: 'google_monitoring_alert_policy',
    title: 'alert',
    layer: 'observability',
    noise: {
      // Policies and their conditions are numbered.
      instance: at('name notification_channels conditions/*/name'),
      unordered: at('notification_channels conditions'),
      identity: { '/conditions': ['display_name'] },
      assigned: at('creation_record alert_strategy conditions/*/name'),
      quantity: Object.fromEntries(
        ['threshold', 'absent', 'prometheus_query_language']
          .map((name) => `${condition}/condition_${name}/*/duration`)
          .concat(`${condition}/condition_threshold/*/aggregations/*/alignment_period`)
          .map((path) => [path, 'duration' as const]),
      ),
      defaults: { '/enabled': true, '/documentation/*/mime_type': 'text/markdown' },
    },
    severity: [
      { path: '', severity: 'high', when: ({ after }) => after === undefined },
      { path: '/conditions/**', severity: 'high' },
    ],
  }),
  guarded([mustBeOff('/disabled', 'is switched off', 'is in use', 'medium')], {
    name: 'google_service_account',
    title: 'service account',
    layer: 'identity',
    noise: { instance: ['/name'] },
    severity: [{ path: '', severity: 'high' }],
  }),
  {
    name: 'google_project_iam_custom_role',
    title: 'role',
    layer: 'identity',
    noise: { unordered: ['/permissions'], instance: ['/name'], assigned: ['/deleted'], defaults: { '/stage': 'GA' } },
    severity: [{ path: '/permissions', severity: 'high' }],
  },
];
