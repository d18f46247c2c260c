import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import {
  block,
  blocks,
  entries,
  flag,
  itemsAt,
  mapped,
  number,
  shape,
  text,
  textAt,
  texts,
} from '../../shared/cloud/shape.ts';
import type { Call, Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

const call = (action: string, parameters: JsonObject = {}): Call => ({ service: 'elb', action, parameters });
const pages = (aws: Region, action: string, items: string, parameters: JsonObject = {}) =>
  aws.pages(call(action, { PageSize: 100, ...parameters }), { items, ask: 'Marker', next: 'NextMarker' });

/** Attributes that stand in a list of names and texts. */
async function settingsOf(
  aws: Region,
  action: string,
  parameters: JsonObject,
): Promise<Readonly<Record<string, string>>> {
  const found = entries('Attributes.member', 'Key', 'Value')(await aws.send(call(action, parameters)));
  return Object.fromEntries(
    Object.entries(isJsonObject(found) ? found : {}).map(([key, value]) => [key, String(value)]),
  );
}

async function tagsOf(aws: Region, arn: string): Promise<Json | undefined> {
  const answer = await aws.send(call('DescribeTags', { 'ResourceArns.member.1': arn }));
  const [described = null] = itemsAt(answer, 'TagDescriptions.member');
  return keyValueTags('Tags.member')(described);
}

/** `app/orders/0a1b` of an ARN. */
const suffixOf = (arn: string) =>
  arn.replace(/^.*?:(?:loadbalancer|targetgroup)\//, (found) => (found.endsWith('targetgroup/') ? 'targetgroup/' : ''));

const balancer = shape({
  arn: text('LoadBalancerArn'),
  id: text('LoadBalancerArn'),
  name: text('LoadBalancerName'),
  load_balancer_type: text('Type'),
  internal: mapped(text('Scheme'), (scheme) => scheme === 'internal'),
  ip_address_type: text('IpAddressType'),
  vpc_id: text('VpcId'),
  dns_name: text('DNSName'),
  zone_id: text('CanonicalHostedZoneId'),
  security_groups: texts('SecurityGroups.member'),
  subnets: texts('AvailabilityZones.member', 'SubnetId'),
});

const isOn = (value: string | undefined) => (value === undefined ? undefined : value === 'true');
const asNumber = (value: string | undefined) => (value === undefined ? undefined : Number(value));

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
function balancerSettings(found: Readonly<Record<string, string>>): JsonObject {
  return defined({
    enable_deletion_protection: isOn(found['deletion_protection.enabled']),
    enable_cross_zone_load_balancing: isOn(found['load_balancing.cross_zone.enabled']),
    idle_timeout: asNumber(found['idle_timeout.timeout_seconds']),
    client_keep_alive: asNumber(found['client_keep_alive.seconds']),
    enable_http2: isOn(found['routing.http2.enabled']),
    drop_invalid_header_fields: isOn(found['routing.http.drop_invalid_header_fields.enabled']),
    preserve_host_header: isOn(found['routing.http.preserve_host_header.enabled']),
    desync_mitigation_mode: found['routing.http.desync_mitigation_mode'],
    xff_header_processing_mode: found['routing.http.xff_header_processing.mode'],
    enable_waf_fail_open: isOn(found['waf.fail_open.enabled']),
    ...(found['access_logs.s3.enabled'] !== undefined && {
      access_logs: [
        {
          enabled: found['access_logs.s3.enabled'] === 'true',
          bucket: found['access_logs.s3.bucket'] ?? '',
          prefix: found['access_logs.s3.prefix'] ?? '',
        },
      ],
    }),
  });
}

function defined(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const action = shape({
  type: text('Type'),
  order: number('Order'),
  target_group_arn: text('TargetGroupArn'),
  redirect: block(
    'RedirectConfig',
    shape({
      host: text('Host'),
      path: text('Path'),
      port: text('Port'),
      protocol: text('Protocol'),
      query: text('Query'),
      status_code: text('StatusCode'),
    }),
  ),
  fixed_response: block(
    'FixedResponseConfig',
    shape({ content_type: text('ContentType'), message_body: text('MessageBody'), status_code: text('StatusCode') }),
  ),
});

const listener = shape({
  arn: text('ListenerArn'),
  id: text('ListenerArn'),
  load_balancer_arn: text('LoadBalancerArn'),
  port: number('Port'),
  protocol: text('Protocol'),
  ssl_policy: text('SslPolicy'),
  certificate_arn: (node) => textAt(itemsAt(node, 'Certificates.member')[0], 'CertificateArn'),
  alpn_policy: (node) => textAt(itemsAt(node, 'AlpnPolicy.member')[0], ''),
  default_action: blocks('DefaultActions.member', action),
});

const balancers: Reader = {
  title: 'load balancers and listeners',
  kinds: ['aws_lb', 'aws_lb_listener'],
  actions: ['DescribeLoadBalancers', 'DescribeLoadBalancerAttributes', 'DescribeListeners', 'DescribeTags'].map(
    (name) => `elasticloadbalancing:${name}`,
  ),
  async *read(aws) {
    for await (const drafts of mapParallel(pages(aws, 'DescribeLoadBalancers', 'LoadBalancers.member'), 6, (node) =>
      readBalancer(aws, node),
    ))
      yield* drafts;
  },
};

async function readBalancer(aws: Region, node: Json): Promise<readonly Draft[]> {
  const arn = textAt(node, 'LoadBalancerArn') ?? '';
  const name = textAt(node, 'LoadBalancerName') ?? arn;
  const [found, tags] = await Promise.all([
    settingsOf(aws, 'DescribeLoadBalancerAttributes', { LoadBalancerArn: arn }),
    tagsOf(aws, arn),
  ]);
  const attributes = {
    ...balancer(node),
    arn_suffix: suffixOf(arn),
    ...balancerSettings(found),
    ...(tags && { tags }),
  };
  const drafts: Draft[] = [{ kind: 'aws_lb', name, attributes, ids: [arn] }];
  for await (const each of pages(aws, 'DescribeListeners', 'Listeners.member', { LoadBalancerArn: arn })) {
    const id = textAt(each, 'ListenerArn') ?? '';
    const listenerTags = await tagsOf(aws, id);
    const fields = { ...listener(each), ...(listenerTags && { tags: listenerTags }) };
    drafts.push({
      kind: 'aws_lb_listener',
      name: `${name}:${textAt(each, 'Port') ?? ''}`,
      attributes: fields,
      ids: [id],
    });
  }
  return drafts;
}

const target = shape({
  arn: text('TargetGroupArn'),
  id: text('TargetGroupArn'),
  name: text('TargetGroupName'),
  port: number('Port'),
  protocol: text('Protocol'),
  protocol_version: text('ProtocolVersion'),
  target_type: text('TargetType'),
  ip_address_type: text('IpAddressType'),
  vpc_id: text('VpcId'),
  load_balancer_arns: texts('LoadBalancerArns.member'),
  health_check: (node) => [
    shape({
      enabled: flag('HealthCheckEnabled'),
      path: text('HealthCheckPath'),
      port: text('HealthCheckPort'),
      protocol: text('HealthCheckProtocol'),
      interval: number('HealthCheckIntervalSeconds'),
      timeout: number('HealthCheckTimeoutSeconds'),
      healthy_threshold: number('HealthyThresholdCount'),
      unhealthy_threshold: number('UnhealthyThresholdCount'),
      matcher: text('Matcher.HttpCode'),
    })(node),
  ],
});

const targets: Reader = {
  title: 'target groups',
  kinds: ['aws_lb_target_group'],
  actions: ['DescribeTargetGroups', 'DescribeTargetGroupAttributes', 'DescribeTags'].map(
    (name) => `elasticloadbalancing:${name}`,
  ),
  async *read(aws) {
    yield* mapParallel(pages(aws, 'DescribeTargetGroups', 'TargetGroups.member'), 6, (node) => readTarget(aws, node));
  },
};

async function readTarget(aws: Region, node: Json): Promise<Draft> {
  const arn = textAt(node, 'TargetGroupArn') ?? '';
  const [found, tags] = await Promise.all([
    settingsOf(aws, 'DescribeTargetGroupAttributes', { TargetGroupArn: arn }),
    tagsOf(aws, arn),
  ]);
  const settings = defined({
    deregistration_delay: found['deregistration_delay.timeout_seconds'],
    slow_start: asNumber(found['slow_start.duration_seconds']),
    load_balancing_algorithm_type: found['load_balancing.algorithm.type'],
    ...(found['stickiness.enabled'] !== undefined && {
      stickiness: [
        defined({
          enabled: found['stickiness.enabled'] === 'true',
          type: found['stickiness.type'],
          cookie_duration: asNumber(found['stickiness.lb_cookie.duration_seconds']),
        }),
      ],
    }),
  });
  const attributes = { ...target(node), arn_suffix: suffixOf(arn), ...settings, ...(tags && { tags }) };
  return { kind: 'aws_lb_target_group', name: textAt(node, 'TargetGroupName') ?? arn, attributes, ids: [arn] };
}

export const elbReaders: readonly Reader[] = [balancers, targets];
