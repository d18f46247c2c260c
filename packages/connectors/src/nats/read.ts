import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { checkFiles, readFiles } from './read-files.ts';
import { checkLive, readLive } from './read-live.ts';
import type { NatsSettings } from './settings.ts';

const isLive = ({ monitor, url }: NatsSettings) => monitor !== undefined || url !== undefined;

export function readNats(settings: NatsSettings, context: ReadContext): AsyncIterable<Reading> {
  return isLive(settings) ? readLive(settings, context) : readFiles(settings, context);
}

export function checkNats(settings: NatsSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return isLive(settings) ? checkLive(settings, context) : checkFiles(settings, context);
}
