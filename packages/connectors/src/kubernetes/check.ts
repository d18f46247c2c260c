import type { CheckLine, ReadContext } from '@leeway/connector-kit';
import { ask } from './ask.ts';
import { type Connection, connect } from './connect.ts';
import { discover, type ResourceType } from './discover.ts';
import { listPath } from './list-objects.ts';
import { isWanted, namedNamespaces } from './read-cluster.ts';
import { readFiles } from './read-files.ts';
import type { ClusterSettings, KubernetesSettings } from './schema.ts';

/** What can be read: the first page of every kind of a live API, or every file. Only reads, so it needs no other right. */
export async function checkKubernetes(
  settings: KubernetesSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  return settings.cluster ? checkCluster(settings.cluster, settings, context) : checkFiles(settings, context);
}

async function checkFiles(settings: KubernetesSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const problems: CheckLine[] = [];
  let count = 0;
  for await (const reading of readFiles(settings, context)) {
    if (reading.type === 'resource') count += 1;
    if (reading.type === 'notice') problems.push({ what: 'manifests', ok: false, problem: reading.problem });
  }
  return [...problems, ...(problems.length ? [] : [{ what: `manifests: ${count} objects`, ok: true }])];
}

async function checkCluster(
  cluster: ClusterSettings,
  settings: KubernetesSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  const connected = await connect(cluster, context);
  if (!connected.ok) return connected.problems.map((problem) => ({ what: 'connect', ok: false, problem }));
  const connection = connected.value;
  const discovered = await discover(connection, context);
  if (!discovered.ok) return discovered.problems.map((problem) => ({ what: 'connect', ok: false, problem }));
  const lines: CheckLine[] = [{ what: `connect to ${connection.system}`, ok: true }];
  for (const { problem, kind } of discovered.value.notices) lines.push({ what: kind, ok: false, problem });
  for (const type of discovered.value.types.filter((each) => isWanted(each, settings))) {
    for (const namespace of namedNamespaces(settings) ?? [undefined]) {
      lines.push(await checkList(type, namespace, connection, context));
    }
  }
  return lines;
}

async function checkList(
  type: ResourceType,
  namespace: string | undefined,
  connection: Connection,
  context: ReadContext,
): Promise<CheckLine> {
  const permission = `list ${type.plural} in ${type.base}`;
  const { result } = await ask(connection, listPath(type, namespace), type.plural, context, { permission });
  const what = `list ${type.kind}${namespace ? ` in ${namespace}` : ''}`;
  const [problem] = result.ok ? [] : result.problems;
  return problem ? { what, ok: false, problem } : { what, ok: true };
}
