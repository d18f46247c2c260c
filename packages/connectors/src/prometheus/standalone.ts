import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import type { PrometheusSettings } from './settings.ts';

/** Settings for the address of a server, or for files and folders; how sure is told by the first bytes. */
export function recognisePrometheus(
  target: StandaloneTarget,
): { readonly settings: PrometheusSettings; readonly confidence: number } | undefined {
  const { url, head = '' } = target;
  if (url !== undefined) {
    if (!/^https?:/.test(url)) return undefined;
    return { settings: { url }, confidence: /prometheus|mimir|thanos/i.test(url) ? 0.8 : 0.2 };
  }
  const found = standaloneFiles(target, ['**/*.yml', '**/*.yaml', '**/*.rules']);
  return found && { settings: { files: [...found.files] }, confidence: judgeHead(head) };
}

function judgeHead(head: string): number {
  // An operator's object is a manifest as well: whoever reads Kubernetes reads it whole.
  if (/^kind:\s*PrometheusRule\s*$/m.test(head)) return 0.9;
  const hasGroups = /^groups:\s*(?:$|#|\[|\{)/m.test(head);
  return hasGroups && /^\s*(?:-\s+)?(?:alert|record|rules):/m.test(head) ? 0.95 : 0;
}
