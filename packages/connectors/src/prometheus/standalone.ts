import type { StandaloneTarget } from '@leeway/connector-kit';
import type { PrometheusSettings } from './settings.ts';

/** Settings for files that begin like rule files, or for the address of a server. */
export function recognisePrometheus({
  url,
  paths,
  head = '',
}: StandaloneTarget): { readonly settings: PrometheusSettings; readonly confidence: number } | undefined {
  if (url !== undefined && /^https?:/.test(url))
    return { settings: { url }, confidence: /prometheus/i.test(url) ? 0.8 : 0.2 };
  if (!paths?.length) return undefined;
  const files = [...paths];
  if (/^kind:\s*PrometheusRule\s*$/m.test(head)) return { settings: { files }, confidence: 0.9 };
  const isRules = /^groups:\s*(?:$|#|\[|\{)/m.test(head) && /^\s*(?:-\s+)?(?:alert|record):\s/m.test(head);
  return isRules ? { settings: { files }, confidence: 0.95 } : undefined;
}
