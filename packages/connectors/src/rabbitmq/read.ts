import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { checkFiles, readFiles } from './read-files.ts';
import { checkLive, readLive } from './read-live.ts';
import type { RabbitmqSettings } from './settings.ts';

export function readRabbitmq(settings: RabbitmqSettings, context: ReadContext): AsyncIterable<Reading> {
  return settings.url === undefined ? readFiles(settings, context) : readLive(settings, context);
}

export function checkRabbitmq(settings: RabbitmqSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return settings.url === undefined ? checkFiles(settings, context) : checkLive(settings, context);
}
