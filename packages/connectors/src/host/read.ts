import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { checkFacts, readFacts } from './read-facts.ts';
import { checkLive, readLive } from './read-live.ts';
import type { HostSettings } from './settings.ts';

export function readHosts(settings: HostSettings, context: ReadContext): AsyncIterable<Reading> {
  return settings.hosts === undefined ? readFacts(settings, context) : readLive(settings, context);
}

export function checkHosts(settings: HostSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return settings.hosts === undefined ? checkFacts(settings, context) : checkLive(settings, context);
}
