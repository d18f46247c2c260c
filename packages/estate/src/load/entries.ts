import { formatPlace, type Place, type Problem, problem } from '@leeway/core';
import type { NamedSection, PartFile } from '../schema/estate-file.ts';
import { type LoadedFile, placeIn } from './files.ts';

/** One named entry of a section, wherever it was written. */
export interface Entry<T> {
  readonly name: string;
  readonly value: T;
  /** Place of the entry, or of a part of it. */
  readonly placeOf: (...path: readonly (string | number)[]) => Place;
}

const words: Readonly<Record<NamedSection, string>> = {
  environments: 'environment',
  templates: 'template',
  workloads: 'workload',
  sources: 'source',
  approved: 'approved difference',
};

/** Sound entries of a section in all files, in order. A name that stands in two files is reported (LW1007). */
export function entriesOf<S extends NamedSection>(
  files: readonly LoadedFile[],
  section: S,
  report: (found: Problem) => void,
): readonly Entry<NonNullable<PartFile[S]>[string]>[] {
  const first = new Map<string, Place>();
  const entries: Entry<NonNullable<PartFile[S]>[string]>[] = [];
  for (const file of files) {
    for (const name of file.names[section]) {
      const place = placeIn(file, [section, name]);
      const earlier = first.get(name);
      if (earlier)
        report(problem('LW1007', { kind: words[section], name, first: formatPlace(plainPlace(earlier)) }, place));
      else first.set(name, place);
      const sound = (file.sections[section] ?? {}) as NonNullable<PartFile[S]>;
      if (earlier || !Object.hasOwn(sound, name)) continue;
      const placeOf = (...path: readonly (string | number)[]) => placeIn(file, [section, name, ...path.map(String)]);
      entries.push({ name, value: sound[name] as NonNullable<PartFile[S]>[string], placeOf });
    }
  }
  return entries;
}

/** All names of a section, also of entries that are not sound: a reference to one of these is no second problem. */
export function namesOf(files: readonly LoadedFile[], section: NamedSection): readonly string[] {
  return files.flatMap((file) => file.names[section]);
}

/** File and position only. */
export function plainPlace(place: Place): Place {
  const { pointer: _, ...position } = place;
  return position;
}
