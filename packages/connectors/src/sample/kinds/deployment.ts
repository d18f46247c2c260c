import { isJsonObject, type JsonObject } from '@leeway/core';
import { itemsOf, replaceField, replaceInItem, type SampleKind } from './sample-kind.ts';

const isProxy = ({ name }: JsonObject) => name === 'proxy';

export const deployment: SampleKind = {
  kind: {
    name: 'sample.deployment',
    title: 'deployment',
    layer: 'runtime',
    version: 1,
    noise: {
      identity: { '/containers': ['name'], '/containers/*/env': ['name'] },
      unordered: ['/containers/*/env'],
      computed: ['/uid', '/generation', '/status'],
      defaults: { '/containers/*/imagePullPolicy': 'IfNotPresent', '/terminationGracePeriodSeconds': 30 },
      quantity: { '/containers/*/resources/*/*': 'kubernetes' },
    },
  },
  nameOf: ({ stage, application, index }) => `${stage}/${application}-${index}`,
  declare: ({ random, stage, application, secret }) => ({
    replicas: 1 + random.below(6),
    containers: [
      {
        name: 'app',
        image: `registry.example/${application}@sha256:${random
          .below(2 ** 32)
          .toString(16)
          .padStart(64, '0')}`,
        resources: {
          requests: { cpu: `${100 * (1 + random.below(9))}m`, memory: `${1 + random.below(4)}Gi` },
          limits: { memory: `${4 + random.below(4)}Gi` },
        },
        env: [
          { name: 'LOG_LEVEL', value: random.pick(['info', 'warn']) },
          { name: 'DB_HOST', value: `${application}.${stage}.db.example` },
          { name: 'DB_PASSWORD', value: secret },
          { name: 'WORKERS', value: String(1 + random.below(16)) },
        ],
      },
      { name: 'proxy', image: 'registry.example/proxy:1.31', resources: { requests: { cpu: '50m', memory: '64Mi' } } },
    ],
  }),
  observe: ({ containers, ...rest }, random) => ({
    ...rest,
    uid: `${random.below(2 ** 32)}-${random.below(2 ** 32)}`,
    generation: 1 + random.below(50),
    status: { readyReplicas: random.below(6), observedGeneration: random.below(50) },
    terminationGracePeriodSeconds: 30,
    containers: random.shuffle(itemsOf(containers)).map((container) => answerContainer(container, random.shuffle)),
  }),
  edits: [
    replaceField('/replicas', (value) => Number(value) + 3),
    replaceInItem('/containers[name=proxy]/image', 'containers', isProxy, () => ({
      image: 'registry.example/proxy:debug',
    })),
    replaceInItem('/containers[name=proxy]/imagePullPolicy', 'containers', isProxy, () => ({
      imagePullPolicy: 'Always',
    })),
  ],
};

function answerContainer(container: JsonObject, shuffle: <T>(items: readonly T[]) => T[]): JsonObject {
  const { env, resources, ...rest } = container;
  return {
    ...rest,
    imagePullPolicy: 'IfNotPresent',
    resources: isJsonObject(resources) ? respellAmounts(resources) : {},
    ...(env !== undefined && { env: shuffle(itemsOf(env)) }),
  };
}

/** `500m` → `0.5`, `2Gi` → `2048Mi`: how API servers and their clients write the same amount. */
function respellAmounts(resources: JsonObject): JsonObject {
  const respell = (text: string) =>
    text.endsWith('Gi')
      ? `${Number.parseInt(text, 10) * 1024}Mi`
      : text.endsWith('m')
        ? `${Number.parseInt(text, 10) / 1000}`
        : text;
  const respellAll = (amounts: JsonObject) =>
    Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, respell(String(amount))]));
  return Object.fromEntries(
    Object.entries(resources).map(([name, amounts]) => [name, isJsonObject(amounts) ? respellAll(amounts) : amounts]),
  );
}
