import { at, type KindDeclaration } from './define.ts';

const behaviours = ['/default_cache_behavior/*', '/ordered_cache_behavior/*'];

/** What stands between the internet and the workloads: distributions, web firewalls, listener rules. */
export const awsEdge: readonly KindDeclaration[] = [
  {
    name: 'aws_cloudfront_distribution',
    title: 'distribution',
    layer: 'network',
    noise: {
      unordered: [
        ...at('origin origin_group custom_error_response'),
        ...behaviours.flatMap((path) => at('lambda_function_association function_association', path)),
        '/origin/*/custom_header',
        '/origin/*/custom_origin_config/*/origin_ssl_protocols',
      ],
      identity: {
        '/origin': ['origin_id'],
        '/origin_group': ['origin_id'],
        '/custom_error_response': ['error_code'],
        '/origin/*/custom_header': ['name'],
      },
      computed: at(
        'etag last_modified_time status in_progress_validation_batches caller_reference trusted_key_groups trusted_signers',
      ),
      instance: at('domain_name web_acl_id origin/*/domain_name viewer_certificate/*/acm_certificate_arn'),
      secret: ['/origin/*/custom_header/*/value'],
    },
    severity: [
      { path: '/viewer_certificate/*/minimum_protocol_version', severity: 'high' },
      { path: '/default_cache_behavior/*/viewer_protocol_policy', severity: 'high' },
    ],
  },
  {
    name: 'aws_wafv2_web_acl',
    title: 'web firewall',
    layer: 'network',
    noise: {
      unordered: ['/rule', '/**/excluded_rule', '/**/rule_action_override'],
      identity: { '/rule': ['name'] },
      computed: at('lock_token capacity application_integration_url'),
    },
    severity: [
      { path: '/default_action/**', severity: 'critical' },
      { path: '/rule/**', severity: 'high' },
    ],
  },
  {
    name: 'aws_wafv2_ip_set',
    title: 'address list',
    layer: 'network',
    noise: { computed: ['/lock_token'] },
    severity: [{ path: '/addresses', severity: 'high' }],
  },
  {
    name: 'aws_lb_listener_rule',
    title: 'listener rule',
    layer: 'network',
    noise: {
      unordered: ['/condition', '/condition/*/*/*/values', '/action/*/forward/*/target_group'],
      instance: at('listener_arn action/*/target_group_arn action/*/forward/*/target_group/*/arn'),
      secret: ['/action/*/authenticate_oidc/*/client_secret'],
    },
  },
];
