import { isJsonArray, type JsonObject, type Noise } from '@leeway/core';
import { allotted, mapList, merge, sets, under } from './compose.ts';
import { defineKind } from './define.ts';
import { at, chain, editItems, editObject, objectAt, textAt, without } from './edit.ts';
import { selectorNoise } from './pod-noise.ts';

/** Annotations by which a controller fills the authority of a webhook's certificate in. */
const injectors = [
  'cert-manager.io/inject-ca-from',
  'cert-manager.io/inject-ca-from-secret',
  'cert-manager.io/inject-apiserver-ca',
  'service.beta.openshift.io/inject-cabundle',
];

function injectsAuthority(object: JsonObject): boolean {
  const annotations = objectAt(objectAt(object, 'metadata'), 'annotations');
  return injectors.some((name) => annotations?.[name] !== undefined);
}

/*
 * Webhooks: SetDefaults_ValidatingWebhook, _MutatingWebhook, _Rule, _ServiceReference in
 * kubernetes/pkg/apis/admissionregistration/v1/defaults.go; the timeout of v1 is 10 s in its API reference. An absent
 * selector is an empty one here: both match everything.
 */
const resourceRules: Noise = merge(
  sets('', '/*/operations', '/*/apiGroups', '/*/apiVersions', '/*/resources', '/*/resourceNames'),
  { defaults: { '/*/scope': '*' } },
);

const webhook: Noise = merge(
  under('/rules', resourceRules),
  under('/namespaceSelector', selectorNoise),
  under('/objectSelector', selectorNoise),
  mapList('/matchConditions', 'name'),
  {
    defaults: {
      '/failurePolicy': 'Fail',
      '/matchPolicy': 'Equivalent',
      '/timeoutSeconds': 10,
      '/reinvocationPolicy': 'Never',
      '/clientConfig/service/port': 443,
    },
    empty: ['/namespaceSelector', '/objectSelector', '/clientConfig/caBundle'],
  },
  // Filled in by an injector or a job (kube-webhook-certgen) after the manifest was applied.
  allotted('/clientConfig/caBundle'),
);

function normalizeWebhooks(configuration: JsonObject): JsonObject {
  if (!injectsAuthority(configuration)) return configuration;
  return editItems(configuration, 'webhooks', (hook) =>
    editObject(hook, 'clientConfig', (client) => without(client, 'caBundle')),
  );
}

const matchResources: Noise = merge(
  under('/resourceRules', resourceRules),
  under('/excludeResourceRules', resourceRules),
  under('/namespaceSelector', selectorNoise),
  under('/objectSelector', selectorNoise),
  { defaults: { '/matchPolicy': 'Equivalent' }, empty: ['', '/namespaceSelector', '/objectSelector'] },
);

/*
 * Custom resource definitions: SetDefaults_CustomResourceDefinitionSpec in
 * apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go. Order inside a schema's `required`, `enum` and
 * short names says nothing.
 */
const definitionNoise: Noise = merge(
  mapList('/spec/versions', 'name'),
  allotted('/spec/conversion/webhook/clientConfig/caBundle'),
  sets('/spec/names/shortNames', '/spec/names/categories', '/spec/conversion/webhook/conversionReviewVersions'),
  {
    unordered: ['/spec/versions/*/schema/**/required', '/spec/versions/*/schema/**/enum'],
    defaults: {
      '/spec/conversion/strategy': 'None',
      '/spec/conversion/webhook/clientConfig/service/port': 443,
      '/spec/preserveUnknownFields': false,
      '/spec/versions/*/deprecated': false,
    },
    empty: ['/spec/conversion', '/spec/versions/*/additionalPrinterColumns'],
  },
);

function normalizeDefinition(definition: JsonObject): JsonObject {
  const foldNames = at(['spec', 'names'], (names) => {
    const kind = textAt(names, 'kind') ?? '';
    const singular = names['singular'] === kind.toLowerCase() ? ['singular'] : [];
    return without(names, ...singular, ...(names['listKind'] === `${kind}List` ? ['listKind'] : []));
  });
  const dropAuthority = at(['spec', 'conversion', 'webhook', 'clientConfig'], (client) => without(client, 'caBundle'));
  return chain(foldNames, liftVersion, injectsAuthority(definition) ? dropAuthority : (value) => value)(definition);
}

/** v1beta1 wrote one schema for all versions beside them. */
function liftVersion(definition: JsonObject): JsonObject {
  return editObject(definition, 'spec', (spec) => {
    const { version, validation, subresources, ...rest } = spec;
    if (version === undefined || isJsonArray(spec['versions'])) return spec;
    const schema = validation === undefined ? {} : { schema: validation };
    const parts = subresources === undefined ? {} : { subresources };
    return { ...rest, versions: [{ name: version, served: true, storage: true, ...schema, ...parts }] };
  });
}

const webhookKind = (name: string, title: string, ordered: boolean) =>
  defineKind({
    name: `admissionregistration.k8s.io/${name}`,
    title,
    layer: 'identity',
    noise: merge(under('/webhooks/*', webhook), ordered ? {} : mapList('/webhooks', 'name')),
    normalize: normalizeWebhooks,
    severity: [
      { path: '', severity: 'high' },
      { path: '/webhooks/**', severity: 'high' },
    ],
  });

const admissionPolicy = (name: string, title: string) =>
  defineKind({
    name: `admissionregistration.k8s.io/${name}`,
    title,
    layer: 'identity',
    noise: merge(under('/spec/matchConstraints', matchResources), {
      defaults: { '/spec/failurePolicy': 'Fail', '/spec/reinvocationPolicy': 'Never' },
    }),
    severity: [{ path: '/spec/**', severity: 'high' }],
  });

const admissionBinding = (name: string, title: string) =>
  defineKind({
    name: `admissionregistration.k8s.io/${name}`,
    title,
    layer: 'identity',
    noise: merge(under('/spec/matchResources', matchResources), sets('/spec/validationActions')),
    severity: [{ path: '/spec/**', severity: 'high' }],
  });

export const extensionKinds = [
  // Webhooks that change objects run one after the other.
  webhookKind('MutatingWebhookConfiguration', 'mutating webhook', true),
  webhookKind('ValidatingWebhookConfiguration', 'validating webhook', false),
  admissionPolicy('ValidatingAdmissionPolicy', 'validating admission policy'),
  admissionPolicy('MutatingAdmissionPolicy', 'mutating admission policy'),
  admissionBinding('ValidatingAdmissionPolicyBinding', 'validating admission policy binding'),
  admissionBinding('MutatingAdmissionPolicyBinding', 'mutating admission policy binding'),
  defineKind({
    name: 'apiextensions.k8s.io/CustomResourceDefinition',
    title: 'custom resource definition',
    layer: 'runtime',
    noise: definitionNoise,
    normalize: normalizeDefinition,
  }),
  defineKind({
    name: 'apiregistration.k8s.io/APIService',
    title: 'API service',
    layer: 'runtime',
    noise: merge(allotted('/spec/caBundle'), {
      defaults: { '/spec/service/port': 443, '/spec/insecureSkipTLSVerify': false },
      empty: ['/spec/caBundle'],
    }),
    normalize: (service) =>
      injectsAuthority(service) ? at(['spec'], (spec) => without(spec, 'caBundle'))(service) : service,
  }),
  defineKind({
    name: 'flowcontrol.apiserver.k8s.io/FlowSchema',
    title: 'flow schema',
    layer: 'runtime',
    noise: merge(sets('/spec/rules', '/spec/rules/*/subjects'), { defaults: { '/spec/matchingPrecedence': 1000 } }),
  }),
  defineKind({
    name: 'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
    title: 'priority level',
    layer: 'runtime',
    noise: {
      defaults: {
        '/spec/limited/nominalConcurrencyShares': 30,
        '/spec/limited/lendablePercent': 0,
        '/spec/limited/limitResponse/queuing/queues': 64,
        '/spec/limited/limitResponse/queuing/handSize': 8,
        '/spec/limited/limitResponse/queuing/queueLengthLimit': 50,
      },
      empty: ['/spec/limited/limitResponse/queuing'],
    },
  }),
];
