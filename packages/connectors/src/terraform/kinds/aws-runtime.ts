import { at, type KindDeclaration } from './define.ts';
import { namesTheWorld } from './network-words.ts';
import { guarded, mustBeOff, mustBeOn, type Switch } from './switches.ts';

/** Lists of a container definition have no order, apart from command lines (ECS RegisterTaskDefinition). */
const definitions = '/container_definitions';

const clusterSwitches: readonly Switch[] = [
  mustBeOff('/vpc_config/*/endpoint_public_access', 'answers on the internet', 'answers inside the network only'),
];

const instanceSwitches: readonly Switch[] = [
  mustBeOff('/associate_public_ip_address', 'has a public address', 'has no public address', 'high'),
  mustBeOn('/root_block_device/*/encrypted', 'has an encrypted root disk', 'has a plain root disk'),
];

export const awsRuntime: readonly KindDeclaration[] = [
  {
    name: 'aws_ecs_cluster',
    title: 'ECS cluster',
    layer: 'runtime',
    noise: { unordered: ['/setting'], identity: { '/setting': ['name'] } },
  },
  {
    name: 'aws_ecs_service',
    title: 'ECS service',
    layer: 'runtime',
    noise: {
      unordered: at(
        'load_balancer capacity_provider_strategy placement_constraints network_configuration/*/subnets network_configuration/*/security_groups alarms/*/alarm_names',
      ),
      identity: {
        '/load_balancer': ['container_name', 'container_port'],
        '/capacity_provider_strategy': ['capacity_provider'],
      },
      instance: at(
        'cluster iam_role task_definition load_balancer/*/target_group_arn network_configuration/*/subnets network_configuration/*/security_groups service_registries/*/registry_arn',
      ),
      computed: at('triggers wait_for_steady_state force_new_deployment platform_version'),
      defaults: {
        '/deployment_maximum_percent': 200,
        '/deployment_minimum_healthy_percent': 100,
        '/scheduling_strategy': 'REPLICA',
        '/propagate_tags': 'NONE',
        '/enable_ecs_managed_tags': false,
      },
    },
  },
  {
    name: 'aws_ecs_task_definition',
    title: 'task definition',
    layer: 'runtime',
    noise: {
      computed: at('revision skip_destroy track_latest'),
      instance: ['/arn_without_revision'],
      unordered: [
        ...at('requires_compatibilities placement_constraints volume container_definitions'),
        ...at(
          'environment secrets portMappings mountPoints volumesFrom ulimits environmentFiles dependsOn',
          `${definitions}/*`,
        ),
      ],
      identity: {
        [definitions]: ['name'],
        [`${definitions}/*/environment`]: ['name'],
        [`${definitions}/*/secrets`]: ['name'],
        [`${definitions}/*/portMappings`]: ['containerPort', 'protocol'],
        '/volume': ['name'],
      },
      quantity: { [definitions]: 'json', '/cpu': 'scalar', '/memory': 'scalar' },
      empty: [`${definitions}/*/*`],
      defaults: {
        [`${definitions}/*/cpu`]: 0,
        [`${definitions}/*/essential`]: true,
        [`${definitions}/*/portMappings/*/protocol`]: 'tcp',
        [`${definitions}/*/portMappings/*/hostPort`]: 0,
      },
    },
    severity: [
      { path: `${definitions}/privileged`, severity: 'critical', when: ({ after }) => after === true },
      { path: `${definitions}/*/privileged`, severity: 'critical', when: ({ after }) => after === true },
    ],
  },
  guarded(clusterSwitches, {
    name: 'aws_eks_cluster',
    title: 'EKS cluster',
    layer: 'runtime',
    noise: {
      unordered: at(
        'enabled_cluster_log_types vpc_config/*/public_access_cidrs vpc_config/*/subnet_ids vpc_config/*/security_group_ids encryption_config/*/resources',
      ),
      computed: at('status platform_version cluster_id'),
      instance: at(
        'identity certificate_authority vpc_config/*/cluster_security_group_id vpc_config/*/vpc_id vpc_config/*/subnet_ids vpc_config/*/security_group_ids encryption_config/*/provider/*/key_arn',
      ),
      defaults: { '/bootstrap_self_managed_addons': true },
    },
    severity: [
      { path: '/vpc_config/*/public_access_cidrs', severity: 'critical', when: ({ after }) => namesTheWorld(after) },
      { path: '/encryption_config/**', severity: 'high' },
      { path: '/enabled_cluster_log_types', severity: 'high' },
    ],
  }),

  {
    name: 'aws_eks_node_group',
    title: 'node group',
    layer: 'runtime',
    noise: {
      unordered: at('taint remote_access/*/source_security_group_ids'),
      identity: { '/taint': ['key', 'effect'] },
      // An autoscaler sets the size between its bounds.
      computed: at('status resources node_group_name_prefix scaling_config/*/desired_size'),
      instance: at('node_role_arn launch_template/*/id remote_access/*/source_security_group_ids'),
    },
  },
  {
    name: 'aws_lambda_function',
    title: 'function',
    layer: 'runtime',
    noise: {
      unordered: at(
        'architectures vpc_config/*/subnet_ids vpc_config/*/security_group_ids replacement_security_group_ids',
      ),
      computed: at(
        'version source_code_size signing_job_arn signing_profile_version_arn snap_start/*/optimization_status filename',
      ),
      instance: at(
        'invoke_arn qualified_arn qualified_invoke_arn role vpc_config/*/subnet_ids vpc_config/*/security_group_ids vpc_config/*/vpc_id',
      ),
      defaults: {
        '/memory_size': 128,
        '/timeout': 3,
        '/package_type': 'Zip',
        '/publish': false,
        '/reserved_concurrent_executions': -1,
        '/skip_destroy': false,
      },
    },
    severity: [
      { path: '/runtime', severity: 'medium' },
      { path: '/code_sha256', severity: 'high' },
    ],
  },
  guarded(instanceSwitches, {
    name: 'aws_instance',
    title: 'instance',
    layer: 'host',
    noise: {
      unordered: at('secondary_private_ips ebs_block_device ephemeral_block_device network_interface'),
      identity: {
        '/ebs_block_device': ['device_name'],
        '/network_interface': ['device_index'],
        '/ephemeral_block_device': ['device_name'],
      },
      computed: at(
        'instance_state instance_lifecycle user_data_replace_on_change get_password_data cpu_core_count cpu_threads_per_core',
      ),
      instance: at(
        'ipv6_addresses secondary_private_ips host_id root_block_device/*/volume_id root_block_device/*/kms_key_id ebs_block_device/*/volume_id ebs_block_device/*/snapshot_id ebs_block_device/*/kms_key_id spot_instance_request_id launch_template/*/id',
      ),
      defaults: { '/source_dest_check': true, '/monitoring': false, '/tenancy': 'default', '/hibernation': false },
    },
    severity: [
      { path: '/metadata_options/*/http_tokens', severity: 'high', when: ({ after }) => after === 'optional' },
    ],
  }),

  {
    name: 'aws_launch_template',
    title: 'launch template',
    layer: 'host',
    noise: {
      computed: at('latest_version default_version name_prefix update_default_version'),
      unordered: [
        ...at('security_group_names license_specification'),
        ...at('security_groups ipv4_addresses ipv4_prefixes ipv6_addresses ipv6_prefixes', '/network_interfaces/*'),
        '/instance_requirements/*/*',
      ],
      identity: { '/block_device_mappings': ['device_name'], '/tag_specifications': ['resource_type'] },
      instance: at(
        'network_interfaces/*/subnet_id network_interfaces/*/security_groups block_device_mappings/*/ebs/*/kms_key_id block_device_mappings/*/ebs/*/snapshot_id',
      ),
      quantity: { '/block_device_mappings/*/ebs/*/encrypted': 'scalar', '/ebs_optimized': 'scalar' },
    },
    severity: [
      { path: '/metadata_options/*/http_tokens', severity: 'high', when: ({ after }) => after === 'optional' },
    ],
  },
  {
    name: 'aws_autoscaling_group',
    title: 'autoscaling group',
    layer: 'host',
    noise: {
      unordered: at('enabled_metrics load_balancers suspended_processes tag traffic_source initial_lifecycle_hook'),
      identity: { '/tag': ['key'], '/initial_lifecycle_hook': ['name'] },
      computed: at('desired_capacity predicted_capacity warm_pool_size name_prefix launch_template/*/version'),
      instance: ['/launch_template/*/id', '/traffic_source/*/identifier'],
      defaults: {
        '/default_cooldown': 300,
        '/health_check_grace_period': 300,
        '/force_delete': false,
        '/protect_from_scale_in': false,
      },
    },
  },
];
