import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type Acl,
  AclOperations,
  AclPermissionTypes,
  Admin,
  ConfigResourceTypes,
  IncrementalAlterConfigOperationTypes,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';
import { folderOf, missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = {
  staging: { client: 19292, controller: 19293 },
  production: { client: 19294, controller: 19295 },
} as const;

const passwords = { KAFKA_READER: 'reader-pw-5d1f', KAFKA_ADMIN: 'admin-pw-77b0', KAFKA_WMS: 'wms-pw-1f0c' } as const;

/** Kafka as Maven Central has it: a node needs no more than its libraries. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>lab</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.1.0</version></dependency>
  </dependencies>
</project>
`;

const topics = [
  { topic: 'orders', partitions: 6, config: { 'retention.ms': '604800000', 'min.insync.replicas': '1' } },
  { topic: 'stock', partitions: 3, config: { 'cleanup.policy': 'compact', 'segment.ms': '3600000' } },
  { topic: 'edi-inbound', partitions: 1, config: { 'max.message.bytes': '2097152' } },
];

/** The same as a file declares them, numbers as numbers; what is a default is left out. */
const declaredTopics = () => ({
  orders: { partitions: 6, replicas: 1 },
  stock: { partitions: 3, replicas: 1, config: { 'cleanup.policy': 'compact', 'segment.ms': 3_600_000 } },
  'edi-inbound': { partitions: 1, config: { 'max.message.bytes': 2_097_152 } },
});

function allow(principal: string, resourceType: number, resourceName: string, operation: number): Acl {
  const acl = { resourceType, resourceName, resourcePatternType: ResourcePatternTypes.LITERAL, principal, host: '*' };
  return { ...acl, operation, permissionType: AclPermissionTypes.ALLOW } as Acl;
}

/** What the connector's page asks for its reader, and what an application has. */
const acls = [
  allow('User:leeway', ResourceTypes.TOPIC, '*', AclOperations.DESCRIBE),
  allow('User:leeway', ResourceTypes.TOPIC, '*', AclOperations.DESCRIBE_CONFIGS),
  allow('User:leeway', ResourceTypes.CLUSTER, 'kafka-cluster', AclOperations.DESCRIBE),
  allow('User:leeway', ResourceTypes.CLUSTER, 'kafka-cluster', AclOperations.DESCRIBE_CONFIGS),
  allow('User:wms', ResourceTypes.TOPIC, 'orders', AclOperations.WRITE),
];
const everybody = allow('User:*', ResourceTypes.TOPIC, 'orders', AclOperations.READ);

const libraries = () => join(folderOf('kafka', 'install'), 'lib');

export const service: LabService = {
  id: 'kafka',
  title: 'Kafka',
  packages: ['default-jre-headless', 'maven'],
  async available() {
    const missing = await missingCommands('java');
    return missing ?? (existsSync(libraries()) ? undefined : 'Kafka is not installed (lab/install-debian kafka)');
  },
  async install(place) {
    await place.write('pom.xml', pom);
    const goal = ['dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
    await place.run('mvn', ['-q', '-B', ...goal], { asSelf: true, environment: { HOME: homedir() }, timeout: 600 });
  },
  async up(place) {
    await place.write('server.properties', properties(place), 0o600);
    if (!existsSync(join(place.folder, 'data', 'meta.properties'))) {
      const format = ['format', '--cluster-id', 'bGFiLWNsdXN0ZXItaWQtMA', '--config', 'server.properties'];
      await place.run('java', javaArguments('kafka.tools.StorageTool', format));
    }
    await place.start('kafka', 'java', javaArguments('kafka.Kafka', ['server.properties']));
    await place.until('ready', () => asAdmin(place, async (admin) => (await admin.listTopics()) !== undefined), 90);
  },
  async fill(place) {
    await asAdmin(place, async (admin) => {
      const there = new Set(await admin.listTopics());
      for (const { topic, partitions, config } of topics) {
        if (!there.has(topic)) await admin.createTopics({ topics: [{ topic, partitions, replicas: 1 }] });
        for (const [name, value] of Object.entries(config)) await setConfig(admin, topic, name, value);
      }
      await admin.createAcls({ creations: [...acls] });
      await setQuota(admin, 1_048_576);
    });
  },
  drifts: [
    change(
      'messages-live-shorter',
      (admin, drifted) => setConfig(admin, 'orders', 'retention.ms', drifted ? '3600000' : '604800000'),
      [
        {
          verdict: 'drift',
          kind: 'kafka.topic',
          key: 'orders',
          path: '/config/retention.ms',
          says: 'keeps messages for 1 hours',
        },
      ],
    ),
    change(
      'compaction-off',
      (admin, drifted) => setConfig(admin, 'stock', 'cleanup.policy', drifted ? 'delete' : 'compact'),
      [
        {
          verdict: 'drift',
          kind: 'kafka.topic',
          key: 'stock',
          path: '/config/cleanup.policy',
          says: 'cleans up by delete',
        },
      ],
    ),
    change(
      'topic-added',
      async (admin, drifted) => {
        if (drifted) await admin.createTopics({ topics: [{ topic: 'orders-test', partitions: 1, replicas: 1 }] });
        else await admin.deleteTopics({ topics: ['orders-test'] });
      },
      [{ verdict: 'unmanaged', kind: 'kafka.topic', key: 'orders-test', path: '' }],
    ),
    change(
      'acl-for-everybody',
      async (admin, drifted) => {
        if (drifted) await admin.createAcls({ creations: [everybody] });
        else await admin.deleteAcls({ filters: [everybody] });
      },
      [{ kind: 'kafka.acl', key: 'allow User:* read topic orders', path: '' }],
    ),
    change('quota-raised', (admin, drifted) => setQuota(admin, drifted ? 10_485_760 : 1_048_576), [
      { kind: 'kafka.quota', key: 'user wms', path: '/producer_byte_rate', says: 'may send 10485760 bytes a second' },
    ]),
    change(
      'broker-setting',
      (admin, drifted) => setBrokerConfig(admin, 'message.max.bytes', drifted ? '5242880' : undefined),
      [{ kind: 'kafka.cluster', key: 'events', path: '/config/message.max.bytes' }],
    ),
  ],
  sources: {
    events: {
      connector: 'kafka',
      declared: { files: 'kafka/topics.yaml' },
      observed: {
        brokers: '127.0.0.1:{client}',
        name: 'events',
        username: 'leeway',
        passwordFrom: 'KAFKA_READER',
      },
    },
  },
  parameters: ports,
  variables: passwords,
  files: async () => ({ 'kafka/topics.yaml': JSON.stringify({ topics: declaredTopics() }) }),
};

function javaArguments(main: string, args: readonly string[]): readonly string[] {
  return ['-Xmx256m', '-cp', `${libraries()}/*`, main, ...args];
}

/** One node that is broker and controller, on loopback, with people who sign in and what they may do. */
function properties({ side, folder }: Place): string {
  const { client, controller } = ports[side];
  const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" ';
  const people = `user_admin="${passwords.KAFKA_ADMIN}" user_leeway="${passwords.KAFKA_READER}" user_wms="${passwords.KAFKA_WMS}"`;
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
controller.listener.names=CONTROLLER
listeners=CLIENT://127.0.0.1:${client},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=CLIENT://127.0.0.1:${client}
inter.broker.listener.name=CLIENT
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.client.plain.sasl.jaas.config=${jaas}password="${passwords.KAFKA_ADMIN}" ${people};
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
log.dirs=${folder}/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
log.retention.hours=168
`;
}

async function asAdmin<T>({ side }: Place, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Admin({
    clientId: 'lab',
    bootstrapBrokers: [`127.0.0.1:${ports[side].client}`],
    sasl: { mechanism: 'PLAIN', username: 'admin', password: passwords.KAFKA_ADMIN },
    retries: 0,
    connectTimeout: 2000,
    requestTimeout: 10_000,
  });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

/** A change that the same request takes back. */
function change(
  name: string,
  set: (admin: Admin, drifted: boolean) => Promise<void>,
  findings: Drift['findings'],
): Drift {
  return {
    name,
    apply: (place) => asAdmin(place, (admin) => set(admin, true)),
    undo: (place) => asAdmin(place, (admin) => set(admin, false)),
    findings,
  };
}

function setConfig(admin: Admin, topic: string, name: string, value: string): Promise<void> {
  const configs = [{ name, value, configOperation: IncrementalAlterConfigOperationTypes.SET }];
  return admin.incrementalAlterConfigs({
    resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs }],
  });
}

/** Sets a setting of all brokers, or takes it back to its default. */
function setBrokerConfig(admin: Admin, name: string, value: string | undefined): Promise<void> {
  const { DELETE, SET } = IncrementalAlterConfigOperationTypes;
  const configs =
    value === undefined
      ? [{ name, configOperation: DELETE } as const]
      : [{ name, value, configOperation: SET } as const];
  return admin.incrementalAlterConfigs({
    resources: [{ resourceType: ConfigResourceTypes.BROKER, resourceName: '1', configs }],
  });
}

async function setQuota(admin: Admin, value: number): Promise<void> {
  const entities = [{ entityType: 'user' as const, entityName: 'wms' }];
  await admin.alterClientQuotas({
    entries: [{ entities, ops: [{ key: 'producer_byte_rate', value, remove: false }] }],
  });
}
