import type { StandaloneTarget } from '@leeway/connector-kit';
import { type KubernetesSettings, kubernetesSettings } from './schema.ts';

const version = /^\s*["']?apiVersion["']?\s*:\s*["']?[a-z0-9.-]+(?:\/v\d+[a-z0-9]*|v?\d*)/m;
const kind = /^\s*["']?kind["']?\s*:\s*["']?[A-Z]\w+/m;

/** Recognises manifests and kubectl's output by the first lines, else by the file's ending. */
export function recogniseKubernetes({
  paths = [],
  head = '',
}: StandaloneTarget): { readonly settings: KubernetesSettings; readonly confidence: number } | undefined {
  if (paths.length === 0) return undefined;
  // Two sides of a comparison are wanted whole: nothing is left out for its namespace.
  const settings = kubernetesSettings.parse({ manifests: [...paths], excludeNamespaces: [] });
  return { settings, confidence: rate(paths, head) };
}

function rate(paths: readonly string[], head: string): number {
  // JSON on one line is given line breaks, so that each field stands at the start of one.
  const text = /^\s*[[{]/.test(head) ? head.replace(/[{,[]/g, '$&\n') : head;
  if (version.test(text) && kind.test(text)) return 0.95;
  if (paths.some((path) => /\.(?:ya?ml|json)$/.test(path))) return 0.1;
  return 0.05;
}
