import type { Json, JsonObject } from '@leeway/core';
import {
  asIs,
  block,
  blocks,
  flag,
  isTrueAt,
  mapping,
  number,
  shape,
  text,
  textAt,
  texts,
  valueAt,
} from '../../shared/cloud/shape.ts';
import { lastPart, pathOf, projectOf, renamed, type Table, table } from '../row.ts';

const cluster = shape({
  location: text('location'),
  network: text('network'),
  subnetwork: text('subnetwork'),
  enable_shielded_nodes: flag('shieldedNodes.enabled'),
  enable_legacy_abac: flag('legacyAbac.enabled'),
  logging_service: text('loggingService'),
  monitoring_service: text('monitoringService'),
  resource_labels: mapping('resourceLabels'),
  release_channel: block('releaseChannel', shape({ channel: text('channel') })),
  workload_identity_config: block('workloadIdentityConfig', shape({ workload_pool: text('workloadPool') })),
  database_encryption: block('databaseEncryption', shape({ state: text('state'), key_name: text('keyName') })),
  binary_authorization: block('binaryAuthorization', shape({ evaluation_mode: text('evaluationMode') })),
  network_policy: block('networkPolicy', shape({ enabled: flag('enabled'), provider: text('provider') })),
  private_cluster_config: block(
    'privateClusterConfig',
    shape({
      enable_private_endpoint: flag('enablePrivateEndpoint'),
      enable_private_nodes: flag('enablePrivateNodes'),
      master_ipv4_cidr_block: text('masterIpv4CidrBlock'),
    }),
  ),
  master_authorized_networks_config: (data) =>
    isTrueAt(data, 'masterAuthorizedNetworksConfig.enabled')
      ? [
          {
            cidr_blocks:
              blocks(
                'masterAuthorizedNetworksConfig.cidrBlocks',
                shape({ cidr_block: text('cidrBlock'), display_name: text('displayName') }),
              )(data) ?? [],
          },
        ]
      : [],
});

const pool = shape({
  initial_node_count: number('initialNodeCount'),
  node_locations: texts('locations'),
  autoscaling: block(
    'autoscaling',
    shape({ min_node_count: number('minNodeCount'), max_node_count: number('maxNodeCount') }),
  ),
  management: block('management', shape({ auto_repair: flag('autoRepair'), auto_upgrade: flag('autoUpgrade') })),
  node_config: block(
    'config',
    shape({
      machine_type: text('machineType'),
      disk_size_gb: number('diskSizeGb'),
      disk_type: text('diskType'),
      image_type: text('imageType'),
      service_account: text('serviceAccount'),
      oauth_scopes: texts('oauthScopes'),
      spot: flag('spot'),
      preemptible: flag('preemptible'),
      labels: mapping('labels'),
      tags: texts('tags'),
      metadata: asIs('metadata'),
    }),
  ),
});

const condition = shape({
  display_name: text('displayName'),
  condition_threshold: block(
    'conditionThreshold',
    shape({
      filter: text('filter'),
      comparison: text('comparison'),
      threshold_value: number('thresholdValue'),
      duration: text('duration'),
      evaluation_missing_data: text('evaluationMissingData'),
      trigger: block('trigger', shape({ count: number('count'), percent: number('percent') })),
      aggregations: blocks(
        'aggregations',
        shape({
          alignment_period: text('alignmentPeriod'),
          per_series_aligner: text('perSeriesAligner'),
          cross_series_reducer: text('crossSeriesReducer'),
          group_by_fields: texts('groupByFields'),
        }),
      ),
    }),
  ),
  condition_absent: block('conditionAbsent', shape({ filter: text('filter'), duration: text('duration') })),
  condition_prometheus_query_language: block(
    'conditionPrometheusQueryLanguage',
    shape({ query: text('query'), duration: text('duration'), evaluation_interval: text('evaluationInterval') }),
  ),
});

const account = table(
  'iam.googleapis.com/ServiceAccount',
  'google_service_account',
  (data: Json): JsonObject => ({
    ...shape({
      name: text('name'),
      email: text('email'),
      display_name: text('displayName'),
      unique_id: text('uniqueId'),
      disabled: flag('disabled'),
    })(data),
    account_id: (textAt(data, 'email') ?? '').split('@')[0] ?? '',
    member: `serviceAccount:${textAt(data, 'email') ?? ''}`,
  }),
);

const accountKey = table(
  'iam.googleapis.com/ServiceAccountKey',
  'google_service_account_key',
  shape({
    name: text('name'),
    key_algorithm: text('keyAlgorithm'),
    valid_after: text('validAfterTime'),
    valid_before: text('validBeforeTime'),
  }),
);

export const runtimeTables: readonly Table[] = [
  renamed(table('container.googleapis.com/Cluster', 'google_container_cluster', cluster), (found) => zonal(found)),
  renamed(table('container.googleapis.com/NodePool', 'google_container_node_pool', pool), (found) => {
    const id = textAt(found.attributes, 'id') ?? '';
    const owner = lastPart(id.replace(/\/nodePools\/.*$/, ''));
    return zonal({ ...found, name: `${owner}/${found.name}`, attributes: { ...found.attributes, cluster: owner } });
  }),
  table(
    'monitoring.googleapis.com/AlertPolicy',
    'google_monitoring_alert_policy',
    shape({
      name: text('name'),
      display_name: text('displayName'),
      combiner: text('combiner'),
      enabled: flag('enabled'),
      severity: text('severity'),
      user_labels: mapping('userLabels'),
      notification_channels: texts('notificationChannels'),
      documentation: block(
        'documentation',
        shape({ content: text('content'), mime_type: text('mimeType'), subject: text('subject') }),
      ),
      conditions: blocks('conditions', condition),
    }),
  ),
].map((each) =>
  // Policies are numbered; people know them by what they are called.
  each.kind === 'google_monitoring_alert_policy'
    ? renamed(each, (found) => ({
        ...found,
        name: textAt(found.attributes, 'display_name') ?? found.name,
        detail: found.name,
      }))
    : each,
);

/** Older names say zones where newer ones say locations. */
function zonal<Found extends { readonly attributes: JsonObject }>(found: Found): Found {
  const id = (textAt(found.attributes, 'id') ?? '').replace(/\/(?:zones|regions)\//, '/locations/');
  const location = /\/locations\/([^/]+)/.exec(id)?.[1];
  return { ...found, attributes: { ...found.attributes, id, ...(location !== undefined && { location }) } };
}

export const identityTables: readonly Table[] = [
  renamed(account, (found) => ({
    ...found,
    name: textAt(found.attributes, 'account_id') ?? found.name,
    // Assets number them; everybody else knows them by their address.
    attributes: { ...found.attributes, id: textAt(found.attributes, 'name') ?? '' },
    isGiven: /@(?:developer|cloudservices|appspot)\.gserviceaccount\.com$/.test(
      textAt(found.attributes, 'email') ?? '',
    ),
  })),
  renamed(accountKey, (found, asset) => {
    // Google makes and changes keys of its own all the time.
    if (textAt(valueAt(asset, 'resource.data') ?? null, 'keyType') === 'SYSTEM_MANAGED') return undefined;
    const path = pathOf(textAt(asset, 'name') ?? '');
    const owner = path.replace(/\/keys\/.*$/, '');
    const attributes = { ...found.attributes, service_account_id: owner };
    return { ...found, name: (lastPart(owner).split('@')[0] ?? owner) || owner, detail: lastPart(path), attributes };
  }),
  renamed(
    table(
      'iam.googleapis.com/Role',
      'google_project_iam_custom_role',
      shape({
        name: text('name'),
        title: text('title'),
        stage: text('stage'),
        permissions: texts('includedPermissions'),
      }),
    ),
    (found, asset) => {
      if (isTrueAt(valueAt(asset, 'resource.data') ?? null, 'deleted')) return undefined;
      const name = lastPart(textAt(found.attributes, 'name') ?? found.name);
      return {
        ...found,
        name,
        attributes: { ...found.attributes, role_id: name, project: projectOf(textAt(asset, 'name') ?? '') },
      };
    },
  ),
];
