import { type CheckLine, cancelled, type ReadContext, type Reading } from '@leeway/connector-kit';
import { faultyReaders, type KindReading } from './faults.ts';
import { resourcesOf } from './generate.ts';
import type { SampleSettings } from './schema.ts';

/** Reads kind by kind, in the order of the settings; faults befall the kinds they name. */
export async function* readSample(settings: SampleSettings, context: ReadContext): AsyncIterable<Reading> {
  for (const kind of settings.kinds) {
    const stopped = cancelled(context.signal, 'the sample estate');
    if (stopped) return yield { type: 'notice', problem: stopped };
    const reading = { kind, resources: resourcesOf(settings, kind) };
    const fault = settings.faults.find((each) => each.kind === undefined || each.kind === kind);
    yield* fault ? faultyReaders[fault.fault](reading, fault, context) : readKind(reading, context.signal);
  }
}

async function* readKind({ kind, resources }: KindReading, signal: AbortSignal): AsyncIterable<Reading> {
  for (const resource of resources) {
    const stopped = cancelled(signal, 'the sample estate');
    if (stopped) return yield { type: 'notice', kind, problem: stopped };
    yield { type: 'resource', resource };
  }
  yield { type: 'complete', kind };
}

/** One line: there is nothing that could be denied. */
export async function checkSample(settings: SampleSettings): Promise<readonly CheckLine[]> {
  return [{ what: `${settings.resources} generated resources`, ok: true }];
}
