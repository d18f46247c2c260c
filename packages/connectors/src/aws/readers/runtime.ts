import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import {
  asIs,
  block,
  blocks,
  flag,
  isTrueAt,
  itemsAt,
  mapped,
  mapping,
  number,
  shape,
  text,
  textAt,
  texts,
} from '../../shared/cloud/shape.ts';
import type { Call, Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';

const ecs = (action: string, parameters: JsonObject): Call => ({ service: 'ecs', action, parameters });
const eks = (action: string, permission: string, path: string, query?: Record<string, string>): Call => ({
  service: 'eks',
  action,
  permission: `eks:${permission}`,
  path,
  ...(query && { query }),
});

const lowerTags = (node: Json): JsonObject =>
  Object.fromEntries(itemsAt(node, 'tags').map((tag) => [textAt(tag, 'key') ?? '', textAt(tag, 'value') ?? '']));

const ecsCluster = shape({
  id: text('clusterArn'),
  arn: text('clusterArn'),
  name: text('clusterName'),
  setting: blocks('settings', shape({ name: text('name'), value: text('value') })),
  tags: lowerTags,
});

const network = shape({
  subnets: texts('subnets'),
  security_groups: texts('securityGroups'),
  assign_public_ip: mapped(text('assignPublicIp'), (value) => value === 'ENABLED'),
});

const service = shape({
  id: text('serviceArn'),
  name: text('serviceName'),
  cluster: text('clusterArn'),
  task_definition: text('taskDefinition'),
  desired_count: number('desiredCount'),
  launch_type: text('launchType'),
  platform_version: text('platformVersion'),
  scheduling_strategy: text('schedulingStrategy'),
  deployment_maximum_percent: number('deploymentConfiguration.maximumPercent'),
  deployment_minimum_healthy_percent: number('deploymentConfiguration.minimumHealthyPercent'),
  deployment_circuit_breaker: block(
    'deploymentConfiguration.deploymentCircuitBreaker',
    shape({ enable: flag('enable'), rollback: flag('rollback') }),
  ),
  deployment_controller: block('deploymentController', shape({ type: text('type') })),
  health_check_grace_period_seconds: number('healthCheckGracePeriodSeconds'),
  enable_ecs_managed_tags: flag('enableECSManagedTags'),
  enable_execute_command: flag('enableExecuteCommand'),
  propagate_tags: text('propagateTags'),
  load_balancer: blocks(
    'loadBalancers',
    shape({
      container_name: text('containerName'),
      container_port: number('containerPort'),
      target_group_arn: text('targetGroupArn'),
      elb_name: text('loadBalancerName'),
    }),
  ),
  network_configuration: block('networkConfiguration.awsvpcConfiguration', network),
  tags: lowerTags,
});

const definition = shape({
  id: text('family'),
  family: text('family'),
  arn: text('taskDefinitionArn'),
  revision: number('revision'),
  network_mode: text('networkMode'),
  cpu: text('cpu'),
  memory: text('memory'),
  task_role_arn: text('taskRoleArn'),
  execution_role_arn: text('executionRoleArn'),
  requires_compatibilities: texts('requiresCompatibilities'),
  container_definitions: mapped(asIs('containerDefinitions'), (value) => JSON.stringify(value)),
  volume: blocks('volumes', shape({ name: text('name'), host_path: text('host.sourcePath') })),
});

const containers: Reader = {
  title: 'ECS clusters, services and the task definitions in use',
  kinds: ['aws_ecs_cluster', 'aws_ecs_service', 'aws_ecs_task_definition'],
  actions: ['ListClusters', 'DescribeClusters', 'ListServices', 'DescribeServices', 'DescribeTaskDefinition'].map(
    (name) => `ecs:${name}`,
  ),
  async *read(aws) {
    const definitions = new Set<string>();
    const next = { ask: 'nextToken', next: 'nextToken' };
    for await (const found of aws.pages(ecs('ListClusters', { maxResults: 100 }), { items: 'clusterArns', ...next })) {
      const cluster = textAt(found, '') ?? '';
      const [described = null] = itemsAt(
        await aws.send(ecs('DescribeClusters', { clusters: [cluster], include: ['SETTINGS', 'TAGS'] })),
        'clusters',
      );
      const clusterName = textAt(described, 'clusterName') ?? cluster;
      yield { kind: 'aws_ecs_cluster', name: clusterName, attributes: ecsCluster(described), ids: [cluster] };
      const services = aws.pages(ecs('ListServices', { cluster, maxResults: 100 }), { items: 'serviceArns', ...next });
      const drafts = mapParallel(services, 6, (arn) => readService(aws, cluster, clusterName, textAt(arn, '') ?? ''));
      for await (const draft of drafts) {
        const used = textAt(draft.attributes, 'task_definition');
        if (used !== undefined) definitions.add(used);
        yield draft;
      }
    }
    yield* mapParallel(asStream(definitions), 6, (arn) => readDefinition(aws, arn));
  },
};

async function* asStream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function readService(aws: Region, cluster: string, clusterName: string, arn: string): Promise<Draft> {
  const answer = await aws.send(ecs('DescribeServices', { cluster, services: [arn], include: ['TAGS'] }));
  const [described = null] = itemsAt(answer, 'services');
  const role = textAt(described, 'roleArn');
  const attributes = { ...service(described), ...(role !== undefined && { iam_role: role }) };
  return {
    kind: 'aws_ecs_service',
    name: `${clusterName}/${textAt(described, 'serviceName') ?? arn}`,
    attributes,
    ids: [arn],
  };
}

async function readDefinition(aws: Region, arn: string): Promise<Draft> {
  const answer = await aws.send(ecs('DescribeTaskDefinition', { taskDefinition: arn, include: ['TAGS'] }));
  const [described = null] = itemsAt(answer, 'taskDefinition');
  const family = textAt(described, 'family') ?? arn;
  const attributes = {
    ...definition(described),
    tags: lowerTags(answer),
    arn_without_revision: arn.replace(/:\d+$/, ''),
  };
  return { kind: 'aws_ecs_task_definition', name: family, attributes, ids: [arn, family] };
}

const eksCluster = shape({
  id: text('name'),
  name: text('name'),
  arn: text('arn'),
  version: text('version'),
  role_arn: text('roleArn'),
  endpoint: text('endpoint'),
  enabled_cluster_log_types: (node) =>
    itemsAt(node, 'logging.clusterLogging').flatMap((each) =>
      isTrueAt(each, 'enabled') ? itemsAt(each, 'types') : [],
    ),
  vpc_config: block(
    'resourcesVpcConfig',
    shape({
      endpoint_public_access: flag('endpointPublicAccess'),
      endpoint_private_access: flag('endpointPrivateAccess'),
      public_access_cidrs: texts('publicAccessCidrs'),
      subnet_ids: texts('subnetIds'),
      security_group_ids: texts('securityGroupIds'),
      cluster_security_group_id: text('clusterSecurityGroupId'),
      vpc_id: text('vpcId'),
    }),
  ),
  encryption_config: blocks(
    'encryptionConfig',
    shape({ resources: texts('resources'), provider: block('provider', shape({ key_arn: text('keyArn') })) }),
  ),
  kubernetes_network_config: block(
    'kubernetesNetworkConfig',
    shape({
      ip_family: text('ipFamily'),
      service_ipv4_cidr: text('serviceIpv4Cidr'),
      service_ipv6_cidr: text('serviceIpv6Cidr'),
    }),
  ),
  tags: mapping('tags'),
});

const nodeGroup = shape({
  node_group_name: text('nodegroupName'),
  cluster_name: text('clusterName'),
  arn: text('nodegroupArn'),
  version: text('version'),
  release_version: text('releaseVersion'),
  capacity_type: text('capacityType'),
  ami_type: text('amiType'),
  instance_types: texts('instanceTypes'),
  disk_size: number('diskSize'),
  node_role_arn: text('nodeRole'),
  subnet_ids: texts('subnets'),
  labels: mapping('labels'),
  scaling_config: block(
    'scalingConfig',
    shape({ min_size: number('minSize'), max_size: number('maxSize'), desired_size: number('desiredSize') }),
  ),
  taint: blocks('taints', shape({ key: text('key'), value: text('value'), effect: text('effect') })),
  tags: mapping('tags'),
});

const clusters: Reader = {
  title: 'EKS clusters and node groups',
  kinds: ['aws_eks_cluster', 'aws_eks_node_group'],
  actions: ['eks:ListClusters', 'eks:DescribeCluster', 'eks:ListNodegroups', 'eks:DescribeNodegroup'],
  async *read(aws) {
    const next = { ask: 'nextToken', next: 'nextToken' };
    const found = aws.pages(eks('ListClusters', 'ListClusters', '/clusters', { maxResults: '100' }), {
      items: 'clusters',
      ...next,
    });
    for await (const each of found) {
      const name = textAt(each, '') ?? '';
      const path = `/clusters/${encodeURIComponent(name)}`;
      const answer = await aws.send(eks('DescribeCluster', 'DescribeCluster', path));
      const [described = null] = itemsAt(answer, 'cluster');
      yield {
        kind: 'aws_eks_cluster',
        name,
        attributes: eksCluster(described),
        ids: [textAt(described, 'arn') ?? '', name],
      };
      const groups = aws.pages(eks('ListNodegroups', 'ListNodegroups', `${path}/node-groups`, { maxResults: '100' }), {
        items: 'nodegroups',
        ...next,
      });
      for await (const group of groups) yield await readNodeGroup(aws, name, path, textAt(group, '') ?? '');
    }
  },
};

async function readNodeGroup(aws: Region, cluster: string, path: string, group: string): Promise<Draft> {
  const answer = await aws.send(
    eks('DescribeNodegroup', 'DescribeNodegroup', `${path}/node-groups/${encodeURIComponent(group)}`),
  );
  const [described = null] = itemsAt(answer, 'nodegroup');
  const id = `${cluster}:${group}`;
  const attributes = { id, ...nodeGroup(isJsonObject(described) ? described : null) };
  return {
    kind: 'aws_eks_node_group',
    name: `${cluster}/${group}`,
    attributes,
    ids: [textAt(described, 'nodegroupArn') ?? '', id],
  };
}

export const runtimeReaders: readonly Reader[] = [containers, clusters];
