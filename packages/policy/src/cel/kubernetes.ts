import { rememberLast } from './remember.ts';

/** Where Kubernetes' workload kinds keep their Pod: the one shape policies about containers look at. */

type Fields = Readonly<Record<string, unknown>>;

const empty: Fields = Object.freeze({});

function field(value: unknown, names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Fields)[name];
  }
  return at;
}

/** Places of a Pod spec inside a workload, most nested first: CronJob; Deployment and its kin, Job; Pod. */
const specPaths = [
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['spec', 'template', 'spec'],
  ['spec'],
] as const;

const specPath = rememberLast((workload): readonly string[] => {
  return specPaths.find((path) => field(workload, path) !== undefined) ?? specPaths[2];
});

/** The Pod spec of a Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job or CronJob; empty where there is none. */
export function podSpec(workload: Fields): Fields {
  const spec = field(workload, specPath(workload));
  return typeof spec === 'object' && spec !== null ? (spec as Fields) : empty;
}

/** Pointer to the Pod spec: `/spec/template/spec`. */
export function podPath(workload: Fields): string {
  return `/${specPath(workload).join('/')}`;
}

/** Containers, init containers and ephemeral containers, each with its pointer as `path`. */
export const containersOf: (workload: Fields) => readonly Fields[] = rememberLast((workload) => {
  const spec = podSpec(workload as Fields);
  const found: Fields[] = [];
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    const items = field(spec, [list]);
    if (!Array.isArray(items)) continue;
    for (const item of items) {
      if (typeof item !== 'object' || item === null) continue;
      found.push({ ...item, path: `${podPath(workload as Fields)}/${list}[name=${String(field(item, ['name']))}]` });
    }
  }
  return found;
});
