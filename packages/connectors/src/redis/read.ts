import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { checkFiles, readFiles } from './read-files.ts';
import { checkLive, readLive } from './read-live.ts';
import type { RedisSettings } from './settings.ts';

export function readRedis(settings: RedisSettings, context: ReadContext): AsyncIterable<Reading> {
  return settings.url === undefined ? readFiles(settings, context) : readLive(settings, context);
}

export function checkRedis(settings: RedisSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return settings.url === undefined ? checkFiles(settings, context) : checkLive(settings, context);
}
