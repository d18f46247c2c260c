import { isJsonArray, type JsonObject } from '@leeway/core';
import { mapList, merge, sets } from './compose.ts';
import { defineKind } from './define.ts';
import { editItems, objectAt, objectsAt, without } from './edit.ts';
import { bindingSeverity, roleSeverity } from './severity.ts';

const rules = sets(
  '/rules',
  '/rules/*/verbs',
  '/rules/*/resources',
  '/rules/*/apiGroups',
  '/rules/*/resourceNames',
  '/rules/*/nonResourceURLs',
);

/** Users and groups belong to the RBAC group, service accounts to none (SetDefaults_Subject). */
const bindings = merge(mapList('/subjects', 'kind', 'namespace', 'name'), {
  defaults: { '/roleRef/apiGroup': 'rbac.authorization.k8s.io', '/subjects/*/apiGroup': 'rbac.authorization.k8s.io' },
  empty: ['/subjects/*/apiGroup'],
});

/** An aggregated role's rules are gathered from other roles by a controller. */
function dropAggregatedRules(role: JsonObject): JsonObject {
  return objectAt(role, 'aggregationRule') ? without(role, 'rules') : role;
}

/** Token secrets that old clusters made for every account; the names are generated. */
function dropTokenSecrets(account: JsonObject): JsonObject {
  if (!isJsonArray(account['secrets'])) return account;
  const name = objectAt(account, 'metadata')?.['name'];
  const generated = new RegExp(`^(?:${escapePattern(String(name))}-)?(?:token|dockercfg)-[a-z0-9]{5}$`);
  const kept = objectsAt(account, 'secrets').filter((secret) => !generated.test(String(secret['name'])));
  return { ...account, secrets: kept };
}

function escapePattern(text: string): string {
  return text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
}

/** A service account named without a namespace in a RoleBinding is refused by the server; kept as written. */
const normalizeSubjects = (binding: JsonObject) =>
  editItems(binding, 'subjects', (subject) =>
    subject['kind'] === 'ServiceAccount' ? subject : without(subject, 'namespace'),
  );

export const rbacKinds = [
  defineKind({
    name: 'rbac.authorization.k8s.io/Role',
    title: 'role',
    layer: 'identity',
    noise: rules,
    severity: roleSeverity,
  }),
  defineKind({
    name: 'rbac.authorization.k8s.io/ClusterRole',
    title: 'cluster role',
    layer: 'identity',
    noise: merge(rules, sets('/aggregationRule/clusterRoleSelectors')),
    normalize: dropAggregatedRules,
    severity: roleSeverity,
  }),
  defineKind({
    name: 'rbac.authorization.k8s.io/RoleBinding',
    title: 'role binding',
    layer: 'identity',
    noise: bindings,
    normalize: normalizeSubjects,
    severity: bindingSeverity,
  }),
  defineKind({
    name: 'rbac.authorization.k8s.io/ClusterRoleBinding',
    title: 'cluster role binding',
    layer: 'identity',
    noise: bindings,
    normalize: normalizeSubjects,
    severity: bindingSeverity,
  }),
  defineKind({
    name: 'core/ServiceAccount',
    title: 'service account',
    layer: 'identity',
    noise: merge(mapList('/secrets', 'name'), mapList('/imagePullSecrets', 'name')),
    normalize: dropTokenSecrets,
  }),
];
