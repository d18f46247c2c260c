import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { RedisSettings } from './settings.ts';

/** Settings for redis:// addresses and for files that look like redis.conf. */
export function recogniseRedis({
  url,
  paths = [],
  head = '',
}: StandaloneTarget): { readonly settings: RedisSettings; readonly confidence: number } | undefined {
  if (url !== undefined) {
    const settings = RedisSettings.safeParse({ url });
    return settings.success ? { settings: settings.data, confidence: 1 } : undefined;
  }
  const found = standaloneFiles({ paths, head }, ['**/redis*.conf', '**/valkey*.conf']);
  if (!found) return undefined;
  const known = head.match(/^(?:maxmemory(?:-policy)?|appendonly|requirepass|protected-mode|replicaof|save)\s/gm) ?? [];
  const named = paths.some((path) => /(?:redis|valkey)[^/]*\.conf$/.test(path));
  return {
    settings: RedisSettings.parse({ files: [...found.files] }),
    confidence: known.length > 0 ? 0.9 : named ? 0.8 : 0,
  };
}
