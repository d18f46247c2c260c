import type { Noise } from '@leeway/core';
import { merge, sets } from './compose.ts';
import { defineKind } from './define.ts';

/*
 * Defaults that the definitions of widely used custom resources carry in their schemas. Other custom resources are
 * compared as they stand.
 */

/** Gateway API: https://gateway-api.sigs.k8s.io/reference/spec/ (defaults of the v1 schemas). */
const gatewayReferences: Noise = {
  defaults: {
    '/spec/parentRefs/*/group': 'gateway.networking.k8s.io',
    '/spec/parentRefs/*/kind': 'Gateway',
    '/spec/rules/*/backendRefs/*/kind': 'Service',
    '/spec/rules/*/backendRefs/*/weight': 1,
    '/spec/rules/*/matches': [{ path: { type: 'PathPrefix', value: '/' } }],
    '/spec/rules/*/matches/*/path/type': 'PathPrefix',
    '/spec/rules/*/matches/*/path/value': '/',
    '/spec/rules/*/matches/*/headers/*/type': 'Exact',
    '/spec/rules/*/matches/*/queryParams/*/type': 'Exact',
    '/spec/listeners/*/allowedRoutes/namespaces/from': 'Same',
    '/spec/listeners/*/tls/mode': 'Terminate',
    '/spec/listeners/*/tls/certificateRefs/*/kind': 'Secret',
  },
  empty: [
    '/spec/rules/*/backendRefs/*/group',
    '/spec/rules/*/matches/*/path',
    '/spec/listeners/*/allowedRoutes',
    '/spec/listeners/*/allowedRoutes/namespaces',
    '/spec/listeners/*/tls/certificateRefs/*/group',
  ],
};

/** External Secrets Operator: https://external-secrets.io/latest/api/spec/ (defaults of ExternalSecretSpec). */
const externalSecret: Noise = {
  defaults: {
    '/spec/refreshInterval': '1h',
    '/spec/secretStoreRef/kind': 'SecretStore',
    '/spec/target/creationPolicy': 'Owner',
    '/spec/target/deletionPolicy': 'Retain',
    '/spec/target/template/engineVersion': 'v2',
    '/spec/target/template/mergePolicy': 'Replace',
    '/spec/data/*/remoteRef/conversionStrategy': 'Default',
    '/spec/data/*/remoteRef/decodingStrategy': 'None',
    '/spec/data/*/remoteRef/metadataPolicy': 'None',
    '/spec/dataFrom/*/extract/conversionStrategy': 'Default',
    '/spec/dataFrom/*/extract/decodingStrategy': 'None',
    '/spec/dataFrom/*/extract/metadataPolicy': 'None',
    '/spec/dataFrom/*/find/conversionStrategy': 'Default',
    '/spec/dataFrom/*/find/decodingStrategy': 'None',
  },
  quantity: { '/spec/refreshInterval': 'duration' },
  empty: ['/spec/target'],
};

/** cert-manager: https://cert-manager.io/docs/reference/api-docs/ (defaults of IssuerReference since 1.19). */
const certificate: Noise = merge(sets('/spec/dnsNames', '/spec/ipAddresses', '/spec/uris', '/spec/usages'), {
  quantity: { '/spec/duration': 'duration', '/spec/renewBefore': 'duration' },
  defaults: { '/spec/issuerRef/kind': 'Issuer', '/spec/issuerRef/group': 'cert-manager.io' },
});

/** Prometheus Operator: durations are texts in its definitions, and the order of rules in a group decides nothing here. */
const monitoring: Noise = {
  identity: { '/spec/groups': ['name'], '/spec/groups/*/rules': ['alert', 'record'] },
  unordered: ['/spec/groups', '/spec/groups/*/rules'],
  quantity: Object.fromEntries(
    ['interval', 'scrapeInterval', 'scrapeTimeout', 'evaluationInterval', 'for', 'keep_firing_for'].map(
      (field) => [`/**/${field}`, 'duration'] as const,
    ),
  ),
};

export const customKinds = [
  defineKind({
    name: 'gateway.networking.k8s.io/*',
    title: 'gateway resource',
    layer: 'network',
    noise: gatewayReferences,
  }),
  defineKind({ name: 'external-secrets.io/*', title: 'external secret', layer: 'secrets', noise: externalSecret }),
  defineKind({
    name: 'cert-manager.io/*',
    title: 'certificate resource',
    layer: 'secrets',
    noise: certificate,
  }),
  defineKind({
    name: 'monitoring.coreos.com/*',
    title: 'monitoring resource',
    layer: 'observability',
    noise: monitoring,
  }),
  // What is being done just now, beside the specification.
  defineKind({
    name: 'argoproj.io/*',
    title: 'delivery resource',
    layer: 'delivery',
    noise: { computed: ['/operation'] },
  }),
  defineKind({ name: 'cilium.io/*', title: 'network policy', layer: 'network' }),
  defineKind({ name: 'networking.istio.io/*', title: 'mesh resource', layer: 'network' }),
  defineKind({ name: 'security.istio.io/*', title: 'mesh policy', layer: 'network' }),
  defineKind({ name: 'networking.k8s.io/*', title: 'network object', layer: 'network' }),
  defineKind({ name: 'rbac.authorization.k8s.io/*', title: 'access object', layer: 'identity' }),
  defineKind({ name: '*', title: 'object', layer: 'runtime' }),
];
