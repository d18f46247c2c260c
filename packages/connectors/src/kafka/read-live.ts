import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { failed, ok, problem, type Resource, type Result } from '@leeway/core';
import type { ConfigDescription } from '@platformatic/kafka';
import { aclResource, type NamedAcl, nameAcl, seesEveryTopic } from './acls.ts';
import { clusterResource } from './cluster.ts';
import { type Session, system, withSession } from './connect.ts';
import type { KafkaSettings } from './settings.ts';
import { topicResource } from './topics.ts';

const describeTopics = 'Describe and DescribeConfigs on Topic:*';
const describeCluster = 'Describe on Cluster';
const describeClusterConfigs = 'DescribeConfigs on Cluster';

/** Topics asked for at once. */
const batch = 200;

/** Reads a running cluster; what its user may not see leaves that kind unread and no other. */
export async function* readLive(settings: KafkaSettings, context: ReadContext): AsyncIterable<Reading> {
  const read = await withSession(settings, context, async (session): Promise<readonly Reading[]> => {
    const acls = await readAcls(session);
    // Without a connection every other question would only repeat it.
    if (!acls.ok && acls.problems.some(({ code }) => code !== 'LW3003' && code !== 'LW3006')) {
      return acls.problems.map((found) => ({ type: 'notice', problem: found }) as const);
    }
    const named = acls.ok ? acls.value : [];
    return [
      ...readingsOf('kafka.acl', acls.ok ? ok(named.map(aclResource)) : acls, settings),
      ...readingsOf('kafka.topic', await readTopics(session, named, settings), settings),
      ...readingsOf('kafka.cluster', await readCluster(session, settings), settings),
      ...readingsOf('kafka.quota', await readQuotas(session), settings),
    ];
  });
  if (read.ok) yield* read.value;
  else for (const problem of read.problems) yield { type: 'notice', problem };
}

/** One line a kind. */
export async function checkLive(settings: KafkaSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readLive(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') {
      lines.push({ what: reading.kind ?? 'connection', ok: false, problem: reading.problem });
    }
  }
  return lines;
}

function readingsOf(kind: string, found: Result<readonly Resource[]>, { brokers }: KafkaSettings): readonly Reading[] {
  if (!found.ok) return found.problems.map((each) => ({ type: 'notice', problem: each, kind }) as const);
  const place = `kafka://${brokers?.[0] ?? ''}`;
  return [
    ...found.value.map((resource) => ({ type: 'resource', resource: { ...resource, origin: { place } } }) as const),
    { type: 'complete', kind },
  ];
}

async function readAcls({ ask, library }: Session): Promise<Result<readonly NamedAcl[]>> {
  const { AclOperations, AclPermissionTypes, ResourcePatternTypes, ResourceTypes } = library;
  const filter = {
    resourceType: ResourceTypes.ANY,
    resourceName: null,
    resourcePatternType: ResourcePatternTypes.ANY,
    principal: null,
    host: null,
    operation: AclOperations.ANY,
    permissionType: AclPermissionTypes.ANY,
  };
  // A cluster without an authorizer has no ACLs.
  const none = { on: 'SECURITY_DISABLED', value: [] };
  const answer = await ask('the ACLs', describeCluster, (admin) => admin.describeAcls({ filter }), none);
  if (!answer.ok) return answer;
  return ok(answer.value.flatMap(({ acls, ...target }) => acls.map((acl) => nameAcl({ ...target, ...acl }, library))));
}

async function readTopics(
  { ask, library }: Session,
  acls: readonly NamedAcl[],
  { username }: KafkaSettings,
): Promise<Result<readonly Resource[]>> {
  const what = 'the topics';
  const listed = await ask(what, describeTopics, (admin) => admin.listTopics());
  if (!listed.ok) return listed;
  const names = [...listed.value].sort();
  if (names.length === 0 || !seesEveryTopic(acls, username)) {
    return failed(problem('LW3003', { system, what: 'all of its topics', permission: describeTopics }));
  }
  const found: Resource[] = [];
  for (let start = 0; start < names.length; start += batch) {
    const topics = names.slice(start, start + batch);
    const metadata = await ask(what, describeTopics, (admin) => admin.metadata({ topics, forceUpdate: true }));
    if (!metadata.ok) return metadata;
    const resources = topics.map((resourceName) => ({
      resourceType: library.ConfigResourceTypes.TOPIC,
      resourceName,
    }));
    const configs = await ask('the settings of topics', describeTopics, (admin) =>
      admin.describeConfigs({ resources }),
    );
    if (!configs.ok) return configs;
    const byName = new Map(configs.value.map((each) => [each.resourceName, each] as const));
    found.push(
      ...topics.map((name) => topicResource(name, metadata.value.topics.get(name), byName.get(name), library)),
    );
  }
  return ok(found);
}

async function readCluster(session: Session, { name }: KafkaSettings): Promise<Result<readonly Resource[]>> {
  const { ask, library } = session;
  const metadata = await ask('the brokers', describeCluster, (admin) => admin.metadata({ forceUpdate: true }));
  if (!metadata.ok) return metadata;
  const brokers = [...metadata.value.brokers].sort(([left], [right]) => left - right);
  const descriptions: ConfigDescription[] = [];
  for (const [id] of brokers) {
    const resources = [{ resourceType: library.ConfigResourceTypes.BROKER, resourceName: String(id) }];
    const configs = await ask(`the settings of broker ${id}`, describeClusterConfigs, (admin) =>
      admin.describeConfigs({ resources, includeSynonyms: true }),
    );
    if (!configs.ok) return configs;
    descriptions.push(...configs.value);
  }
  const racks = new Set(brokers.flatMap(([, { rack }]) => rack ?? []));
  return ok([clusterResource(name, { brokers: brokers.length, racks: racks.size }, descriptions, library)]);
}

const entityTypes = ['user', 'client-id', 'ip'] as const;

/** Quotas of users, clients, addresses and their combinations. */
async function readQuotas({ ask, library }: Session): Promise<Result<readonly Resource[]>> {
  const found = new Map<string, Resource>();
  for (const entityType of entityTypes) {
    const components = [{ entityType, matchType: library.ClientQuotaMatchTypes.ANY }];
    const answer = await ask('the quotas', describeClusterConfigs, (admin) =>
      admin.describeClientQuotas({ components, strict: false }),
    );
    if (!answer.ok) return answer;
    for (const { entity, values } of answer.value) {
      const named = entity.map(({ entityType: type, entityName }) => `${type} ${entityName ?? '(default)'}`).sort();
      const key = named.toReversed().join(', ');
      const attributes = Object.fromEntries(values.map((each) => [each.key, each.value]));
      found.set(key, { kind: 'kafka.quota', key, attributes });
    }
  }
  return ok([...found.values()]);
}
