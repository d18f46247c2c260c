import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { checkFiles, readFiles } from './read-files.ts';
import { checkLive, readLive } from './read-live.ts';
import type { KafkaSettings } from './settings.ts';

export function readKafka(settings: KafkaSettings, context: ReadContext): AsyncIterable<Reading> {
  return settings.brokers === undefined ? readFiles(settings, context) : readLive(settings, context);
}

export function checkKafka(settings: KafkaSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return settings.brokers === undefined ? checkFiles(settings, context) : checkLive(settings, context);
}
