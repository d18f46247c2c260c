import type { ReadContext, Reading } from '@leeway/connector-kit';
import { cancelled } from '@leeway/connector-kit';
import { readCluster } from './read-cluster.ts';
import { readFiles } from './read-files.ts';
import type { KubernetesSettings } from './schema.ts';

/** Reads what settings name: files, or a live API. */
export async function* readKubernetes(settings: KubernetesSettings, context: ReadContext): AsyncIterable<Reading> {
  const stop = cancelled(context.signal, 'Kubernetes');
  if (stop) yield { type: 'notice', problem: stop };
  else if (settings.cluster) yield* readCluster(settings.cluster, settings, context);
  else yield* readFiles(settings, context);
}
