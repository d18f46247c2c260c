import type { RequestOptions } from 'node:https';
import { type Fetch, loadOptional, type ReadContext } from '@leeway/connector-kit';
import { failed, ok, problem, type Result } from '@leeway/core';
import { httpsFetch } from './https-fetch.ts';
import type { ClusterSettings } from './schema.ts';

/** A way to ask one API server. */
export interface Connection {
  /** Base address without a trailing slash. */
  readonly server: string;
  /** The server as messages name it. */
  readonly system: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
}

/** Bytes one page of a list may have. */
const limitBytes = 256 * 2 ** 20;

/** Connects to what settings name: a server and token, or a context of a kubeconfig. */
export function connect(settings: ClusterSettings, context: ReadContext): Promise<Result<Connection>> {
  return settings.server ? connectDirectly(settings.server, settings, context) : connectByKubeconfig(settings, context);
}

async function connectDirectly(
  server: string,
  { tokenFrom }: ClusterSettings,
  context: ReadContext,
): Promise<Result<Connection>> {
  const system = `Kubernetes at ${new URL(server).host}`;
  const token = tokenFrom === undefined ? undefined : context.variable(tokenFrom);
  if (tokenFrom !== undefined && !token) return failed(problem('LW3055', { variable: tokenFrom, system }));
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return ok({ server: server.replace(/\/+$/, ''), system, headers, fetch: context.fetch });
}

const clientPackage = '@kubernetes/client-node';

async function connectByKubeconfig(settings: ClusterSettings, context: ReadContext): Promise<Result<Connection>> {
  const loaded = await loadOptional('a live Kubernetes API', clientPackage, () => import('@kubernetes/client-node'));
  if (!loaded.ok) return loaded;
  const config = new loaded.value.KubeConfig();
  const unusable = (reason: string) => failed<Connection>(problem('LW3054', { reason }));
  try {
    if (isInCluster(settings, context)) config.loadFromCluster();
    else for (const path of kubeconfigPaths(settings, context)) mergeFile(config, path, new loaded.value.KubeConfig());
  } catch {
    // The package's own words quote the file, which holds credentials.
    return unusable('it does not exist, is not YAML, or lacks clusters, users or contexts');
  }
  if (settings.context) {
    if (!config.getContextObject(settings.context))
      return unusable(`it has no context ${JSON.stringify(settings.context)}`);
    config.setCurrentContext(settings.context);
  }
  const cluster = config.getCurrentCluster();
  if (!cluster || !URL.canParse(cluster.server)) return unusable('its context names no cluster with an address');
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch {
    return unusable('its credentials cannot be loaded (a file is missing, or its credential plugin failed)');
  }
  return ok(secureConnection(cluster.server, config.getCurrentContext(), options, context));
}

/** A kubeconfig brings its own authorities and client certificates, which the shared fetch cannot carry. */
function secureConnection(server: string, name: string, options: RequestOptions, context: ReadContext): Connection {
  const system = `Kubernetes (${name || new URL(server).host})`;
  const fetch = context.guard(httpsFetch(options), { system, requestSeconds: 60, limitBytes });
  return { server: server.replace(/\/+$/, ''), system, headers: {}, fetch };
}

interface Mergeable {
  loadFromFile(path: string): void;
  mergeConfig(config: never): void;
}

/** Several files are merged, the first one naming the current context, as kubectl does. */
function mergeFile<Config extends Mergeable>(into: Config, path: string, fresh: Config): void {
  fresh.loadFromFile(path);
  into.mergeConfig(fresh as never);
}

function kubeconfigPaths({ kubeconfig }: ClusterSettings, context: ReadContext): readonly string[] {
  const home = context.variable('HOME') ?? context.variable('USERPROFILE') ?? '';
  if (kubeconfig) return [kubeconfig.replace(/^~(?=\/)/, home)];
  const named = context
    .variable('KUBECONFIG')
    ?.split(process.platform === 'win32' ? ';' : ':')
    .filter(Boolean);
  return named?.length ? named : [`${home}/.kube/config`];
}

/** In a pod, without any kubeconfig named, the pod's own service account is used. */
function isInCluster({ kubeconfig, context: name }: ClusterSettings, context: ReadContext): boolean {
  return (
    !kubeconfig && !name && !context.variable('KUBECONFIG') && context.variable('KUBERNETES_SERVICE_HOST') !== undefined
  );
}
