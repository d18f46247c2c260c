import { type Change, isJsonArray, isJsonObject, type Json, type PathPattern, type SeverityRule } from '@leeway/core';

/** Rules for a pod's spec that stands at `spec`. The first that matches counts, so the worst stand first. */
export function podSeverity(spec: PathPattern): readonly SeverityRule[] {
  const containers = ['containers', 'initContainers'].map((list) => `${spec}/${list}/*`);
  const each = (path: PathPattern) => containers.map((container) => container + path);
  const rules = (severity: SeverityRule['severity'], paths: readonly PathPattern[], when?: SeverityRule['when']) =>
    paths.map((path): SeverityRule => ({ path, severity, ...(when && { when }) }));
  return [
    ...rules('critical', each('/securityContext/privileged'), becomesTrue),
    ...rules('critical', [`${spec}/hostNetwork`, `${spec}/hostPID`, `${spec}/hostIPC`], becomesTrue),
    ...rules('critical', [`${spec}/volumes/*/hostPath/**`, `${spec}/volumes/*`], mountsHost),
    ...rules('high', [...each('/securityContext/**'), `${spec}/securityContext/**`]),
    ...rules('high', [...each('/image'), ...each('/command'), ...each('/args')]),
    ...rules('high', [...each(''), ...each('/resources/limits/**'), ...each('/resources/limits')], isRemoved),
    ...rules('high', [`${spec}/serviceAccountName`, `${spec}/automountServiceAccountToken`]),
    ...rules('medium', [...each('/resources/**'), ...each('/env/**'), ...each('/envFrom/**')]),
    ...rules(
      'medium',
      ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => each(`/${probe}/**`)),
    ),
    ...rules('low', [`${spec}/terminationGracePeriodSeconds`, `${spec}/topologySpreadConstraints/**`]),
  ];
}

/** A workload scaled to nothing is down; any other number is a matter of capacity. */
export const replicaSeverity: readonly SeverityRule[] = [
  { path: '/spec/replicas', severity: 'critical', when: (change) => change.after === 0 },
  { path: '/spec/replicas', severity: 'medium' },
  { path: '/spec/strategy/**', severity: 'low' },
  { path: '/spec/revisionHistoryLimit', severity: 'low' },
];

/** Opening a service to the outside is worse than closing it. */
export const serviceSeverity: readonly SeverityRule[] = [
  { path: '/spec/type', severity: 'critical', when: ({ after }) => after === 'LoadBalancer' || after === 'NodePort' },
  { path: '/spec/loadBalancerSourceRanges/**', severity: 'critical', when: isRemoved },
  { path: '/spec/externalIPs', severity: 'high' },
  { path: '/spec/selector/**', severity: 'high' },
  { path: '/spec/ports/**', severity: 'high' },
];

/** Without its policy a pod accepts everything: the whole policy gone is the worst change of it. */
export const policyRemoved: readonly SeverityRule[] = [
  { path: '', severity: 'critical', when: isRemoved },
  { path: '/spec/**', severity: 'high' },
];

/** Rights: a wildcard, or the right to bind roles and become others, hands out the cluster. */
export const roleSeverity: readonly SeverityRule[] = [
  { path: '', severity: 'critical', when: ({ after }) => grantsWidely(after) },
  { path: '/rules/**', severity: 'critical', when: ({ after }) => grantsWidely(after) },
  { path: '/rules', severity: 'high' },
  { path: '/rules/**', severity: 'high' },
  { path: '', severity: 'high' },
];

export const bindingSeverity: readonly SeverityRule[] = [
  { path: '/roleRef/**', severity: 'critical' },
  { path: '', severity: 'critical', when: ({ afterResource }) => bindsAdmin(afterResource) },
  { path: '/subjects/**', severity: 'critical', when: ({ afterResource }) => bindsAdmin(afterResource) },
  { path: '/subjects/**', severity: 'high' },
  { path: '/subjects', severity: 'high' },
  { path: '', severity: 'high' },
];

function becomesTrue({ after }: Change): boolean {
  return after === true;
}

function isRemoved({ before, after }: Change): boolean {
  return before !== undefined && after === undefined;
}

function mountsHost({ after, path }: Change): boolean {
  return after !== undefined && (path.includes('/hostPath') || (isJsonObject(after) && 'hostPath' in after));
}

const dangerous = new Set(['*', 'escalate', 'bind', 'impersonate']);

function grantsWidely(value: Json | undefined): boolean {
  if (typeof value === 'string') return dangerous.has(value);
  if (isJsonArray(value)) return value.some(grantsWidely);
  return (
    isJsonObject(value) && ['rules', 'verbs', 'resources', 'apiGroups'].some((field) => grantsWidely(value[field]))
  );
}

function bindsAdmin(binding: Json | undefined): boolean {
  const role = isJsonObject(binding) ? binding['roleRef'] : undefined;
  return isJsonObject(role) && role['name'] === 'cluster-admin';
}
