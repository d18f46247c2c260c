import type { JsonObject, Resource } from '@leeway/core';
import { sampleKinds } from './kinds/index.ts';
import type { Edit, Maker, SampleKind } from './kinds/sample-kind.ts';
import { createRandom, mix } from './random.ts';
import type { SampleSettings } from './schema.ts';

export type SampleEstate = Pick<
  SampleSettings,
  'resources' | 'kinds' | 'seed' | 'stage' | 'rendering' | 'drift' | 'driftSeed' | 'bytes'
>;

/** A difference that was put in on purpose. `path` is where it must be reported; '' for a whole resource. */
export interface InjectedDrift {
  readonly kind: string;
  readonly key: string;
  readonly change: 'changed' | 'missing' | 'unmanaged';
  readonly path: string;
}

/** Every secret of a sample estate has this in it: it must never be seen outside the process that read it. */
export const secretMarker = 'SAMPLESECRET';

const applications = ['erp', 'wms', 'edi', 'portal', 'pricing', 'carrier', 'returns', 'finance'] as const;

/** Separates what each stream of numbers decides, so that drift does not change the rest. */
const streams = { truth: 1, rendering: 2, drift: 3, change: 4, filler: 5 };

/** What happens to resource number `index` in this reading, and everything needed to make it. */
export interface Draft {
  readonly sample: SampleKind;
  readonly index: number;
  readonly key: string;
  readonly change: InjectedDrift['change'] | undefined;
  readonly edit: Edit;
}

/** The resource with this number: depends on the settings and the number alone, never on others. */
export function draft(settings: SampleEstate, index: number): Draft {
  const kinds = kindsOf(settings);
  const sample = kinds[index % kinds.length] ?? sampleKinds[0];
  const change = changeOf(settings, index);
  const edit = sample.edits[mix(settings.driftSeed, index, streams.change) % sample.edits.length] ?? sample.edits[0];
  const key = sample.nameOf({ stage: settings.stage, application: applicationOf(index), index });
  return { sample, index, key, change, edit };
}

const chosenKinds = new WeakMap<readonly string[], readonly SampleKind[]>();

function kindsOf({ kinds }: SampleEstate): readonly SampleKind[] {
  const known = chosenKinds.get(kinds) ?? sampleKinds.filter(({ kind }) => kinds.some((name) => name === kind.name));
  chosenKinds.set(kinds, known);
  return known;
}

function applicationOf(index: number): string {
  return applications[Math.floor(index / 6) % applications.length] ?? 'erp';
}

function changeOf({ drift, driftSeed }: SampleEstate, index: number): InjectedDrift['change'] | undefined {
  if (typeof drift !== 'number') return drift.find((each) => each.index === index)?.change;
  if (mix(driftSeed, index, streams.drift) >= drift * 2 ** 32) return undefined;
  // Most drift is an edit; things that vanish or appear are rarer.
  const kindOfChange = mix(driftSeed, index, streams.drift, streams.change) % 10;
  return kindOfChange === 0 ? 'missing' : kindOfChange === 1 ? 'unmanaged' : 'changed';
}

/** The resources a draft stands for in this reading: none when it is missing, two when one is there unmanaged. */
export function render(settings: SampleEstate, drafted: Draft): readonly Resource[] {
  const { sample, key, change, edit } = drafted;
  if (change === 'missing') return [];
  const attributes = makeAttributes(settings, drafted);
  const resource = {
    kind: sample.kind.name,
    key,
    attributes: change === 'changed' ? edit.apply(attributes) : attributes,
  };
  if (change !== 'unmanaged') return [resource];
  return [resource, { ...resource, key: `${key}-unmanaged` }];
}

function makeAttributes(settings: SampleEstate, { sample, index }: Draft): JsonObject {
  const { seed, stage, rendering, bytes } = settings;
  const random = createRandom(mix(seed, index, streams.truth));
  const maker: Maker = { random, stage, index, application: applicationOf(index), secret: secretOf(seed, index) };
  const declared = sample.declare(maker);
  const notes = filler(mix(seed, index, streams.filler), bytes - sizeOf(sample, stage));
  const whole = notes ? { ...declared, notes } : declared;
  if (rendering === 'declared') return whole;
  return sample.observe(whole, createRandom(mix(seed, index, streams.rendering)));
}

function secretOf(seed: number, index: number): string {
  return `${secretMarker}-${mix(seed, index, streams.truth, 0).toString(36)}`;
}

const sizes = new WeakMap<SampleKind, number>();

/** Bytes of a resource of the kind before it is filled up, on average. */
function sizeOf(sample: SampleKind, stage: string): number {
  const known = sizes.get(sample);
  if (known !== undefined) return known;
  const samples = Array.from({ length: 32 }, (_, index) => {
    const maker = { random: createRandom(index), stage, index, application: 'portal', secret: secretOf(1, index) };
    return JSON.stringify(sample.observe(sample.declare(maker), createRandom(index))).length;
  });
  // Around the attributes stand kind and key, some 80 bytes.
  const size = 80 + Math.round(samples.reduce((sum, each) => sum + each, 0) / samples.length);
  sizes.set(sample, size);
  return size;
}

const words =
  'delivered to the dock of the northern warehouse before noon unless the carrier has been told otherwise by'.split(
    ' ',
  );
const text = Array.from({ length: 4096 }, (_, index) => words[mix(7, index) % words.length]).join(' ');

/** Length of a note, and what one takes in JSON: `"note-17":"…",`. */
const noteLength = 36;
const noteBytes = noteLength + 13;

/** Notes of about `bytes` in all, as the tags, labels and comments that fill real resources. Undefined for none. */
function filler(number: number, bytes: number): JsonObject | undefined {
  const count = Math.round(bytes / noteBytes);
  if (count <= 0) return undefined;
  const notes: Record<string, string> = {};
  for (let index = 0; index < count; index += 1) {
    const start = (number + index * 5003) % (text.length - noteLength);
    notes[`note-${index}`] = text.slice(start, start + noteLength);
  }
  return notes;
}

/** All resources of a kind in a reading: numbers are dealt out to the kinds in turn. */
export function* resourcesOf(settings: SampleEstate, kind: string): Generator<Resource> {
  const kinds = kindsOf(settings);
  const first = kinds.findIndex((each) => each.kind.name === kind);
  for (let index = first; index >= 0 && index < settings.resources; index += kinds.length) {
    yield* render(settings, draft(settings, index));
  }
}

/** What was injected into a reading with these settings: what a comparison with a clean one must find, and nothing else. */
export function injectedDrift(settings: SampleEstate): readonly InjectedDrift[] {
  const injected: InjectedDrift[] = [];
  for (let index = 0; index < settings.resources; index += 1) {
    const { sample, key, change, edit } = draft(settings, index);
    if (change === undefined) continue;
    const name = change === 'unmanaged' ? `${key}-unmanaged` : key;
    injected.push({ kind: sample.kind.name, key: name, change, path: change === 'changed' ? edit.path : '' });
  }
  return injected;
}
