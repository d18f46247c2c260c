import { isJsonArray, isJsonObject, type Json, type JsonObject, type Resource } from '@leeway/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { differencesOf, readFilesOf, recordedFiles, recordedText } from './testing/read.ts';

const name = ({ kind, key }: Resource) => `${kind} ${key}`;
let declared: readonly Resource[];
let observed: ReadonlyMap<string, Resource>;

beforeAll(async () => {
  const manifests = await readFilesOf(recordedFiles('applied'));
  const dump = await readFilesOf({ 'dump.json': recordedText('read-back.json') }, { dumps: 'dump.json' });
  expect([...manifests.notices, ...dump.notices]).toEqual([]);
  declared = manifests.resources;
  observed = new Map(dump.resources.map((resource) => [name(resource), resource]));
});

describe('manifests applied to kube-apiserver 1.37.2 and read back', () => {
  it('are the same objects, none more and none less', () => {
    expect([...observed.keys()].sort()).toEqual(declared.map(name).sort());
    expect(declared.length).toBeGreaterThan(50);
  });

  it('show no difference', () => {
    const differences = declared.flatMap((resource) => {
      const other = observed.get(name(resource));
      return other ? differencesOf(resource, other).map((each) => ({ name: name(resource), ...each })) : [];
    });
    expect(differences).toEqual([]);
  });

  it('show every other value: a scalar changed on the live side is found', () => {
    const unseen = declared.flatMap((resource) => {
      const live = observed.get(name(resource));
      if (!live) return [];
      return changedCopies(resource.attributes)
        .filter(({ path }) => !isIrrelevant(path))
        .filter(({ copy }) => differencesOf(resource, { ...live, attributes: copy }).length === 0)
        .map(({ path }) => `${name(resource)} ${path}`);
    });
    expect(unseen).toEqual([]);
  });

  it('stay silent whatever order maps stand in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...declared), fc.integer({ min: 1, max: 1000 }), (resource, seed) => {
        const live = observed.get(name(resource))!;
        const shuffled = { ...live, attributes: shuffleKeys(live.attributes, seed) as JsonObject };
        expect(differencesOf(resource, shuffled)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** What identifies an object, and the version of an API, which does not change which object is meant. */
function isIrrelevant(path: string): boolean {
  return /^\/(?:apiVersion|kind|metadata\/(?:name|namespace))$|\/scaleTargetRef\/apiVersion$/.test(path);
}

/** Copies of an object with one scalar changed each. */
function changedCopies(object: JsonObject): readonly { path: string; copy: JsonObject }[] {
  return scalarPaths(object, []).map((path) => ({
    path: `/${path.join('/')}`,
    copy: changeAt(object, path) as JsonObject,
  }));
}

function scalarPaths(value: Json, path: readonly (string | number)[]): readonly (readonly (string | number)[])[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => scalarPaths(item, [...path, index]));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, field]) => scalarPaths(field, [...path, key]));
  return [path];
}

function changeAt(value: Json, [step, ...rest]: readonly (string | number)[]): Json {
  if (step === undefined) return otherThan(value);
  if (isJsonArray(value)) return value.map((item, index) => (index === step ? changeAt(item, rest) : item));
  return isJsonObject(value) ? { ...value, [step]: changeAt(value[step] ?? null, rest) } : value;
}

function otherThan(value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 7;
  return `${String(value)}-other`;
}

function shuffleKeys(value: Json, seed: number): Json {
  if (isJsonArray(value)) return value.map((item) => shuffleKeys(item, seed + 1));
  if (!isJsonObject(value)) return value;
  const rank = (key: string) => (key.length * 31 + (key.codePointAt(0) ?? 0)) % (seed + 3);
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? 1 : -1));
  return Object.fromEntries(entries.map(([key, field]) => [key, shuffleKeys(field, seed + 1)]));
}
