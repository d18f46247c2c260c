import type { Connector } from '@leeway/connector-kit';
import { sampleKinds } from './kinds/index.ts';
import { checkSample, readSample } from './read.ts';
import { type SampleSettings, sampleSettings } from './schema.ts';

export { type InjectedDrift, injectedDrift, secretMarker } from './generate.ts';
export { generateNdjson, type NdjsonOptions } from './ndjson.ts';

export const connector: Connector<SampleSettings> = {
  id: 'sample',
  title: 'Sample estate',
  summary: 'Generated resources of any number, with drift and faults put in on purpose.',
  settings: sampleSettings,
  kinds: sampleKinds.map(({ kind }) => kind),
  verification: { state: 'verified', against: 'itself: it reads no system' },
  permissions: [],
  check: checkSample,
  read: readSample,
};
