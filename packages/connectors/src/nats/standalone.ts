import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { NatsSettings } from './settings.ts';

/** Settings for nats:// addresses and for files that look like nats.conf. */
export function recogniseNats({
  url,
  paths = [],
  head = '',
}: StandaloneTarget): { readonly settings: NatsSettings; readonly confidence: number } | undefined {
  if (url !== undefined) {
    const settings = NatsSettings.safeParse({ url });
    return settings.success ? { settings: settings.data, confidence: url.startsWith('nats:') ? 1 : 0.1 } : undefined;
  }
  const found = standaloneFiles({ paths, head }, ['**/nats*.conf']);
  if (!found) return undefined;
  const words =
    head.match(/^\s*(?:jetstream|max_payload|authorization|leafnodes|server_name|http_port|store_dir)\b/gm) ?? [];
  const named = paths.some((path) => /nats[^/]*\.conf$/.test(path));
  const confidence = words.length > 1 ? 0.9 : named ? 0.8 : 0;
  return { settings: NatsSettings.parse({ files: [...found.files] }), confidence };
}
