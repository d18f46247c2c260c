import {
  type ApprovedDifference,
  hasPlace,
  type KindIndex,
  loadLines,
  matchesWildcard,
  type Problem,
  problem,
  type Resource,
  selectsResource,
  walkChunks,
} from '@leeway/core';
import { workloadOf } from '@leeway/estate';
import { environmentFacts } from './environment-facts.ts';
import type { ScanOptions } from './options.ts';
import type { PlaneReading } from './read-plane.ts';

/**
 * Records that bear on no finding are either at rest (their resources agree just now) or wrong. Wrong ones are errors: a
 * selector that matches nothing protects nobody, and a typing mistake must not silence anything. Nothing is said of what
 * could not be read.
 */
export async function checkApprovals(
  records: readonly ApprovedDifference[],
  used: ReadonlySet<string>,
  readings: readonly PlaneReading[],
  kinds: KindIndex,
  options: ScanOptions,
): Promise<readonly Problem[]> {
  const searches = records
    .filter((record) => !used.has(record.id) && !isUnlimited(record))
    .map((record) => new SelectorSearch(record));
  for (const reading of readings) await searchReading(searches, reading, kinds, options);
  const wrong = new Map(searches.map((search) => [search.record, search.describe(readings, options)] as const));
  return records.flatMap((record) =>
    isUnlimited(record) ? problem('LW4003', { id: record.id }, record.place) : (wrong.get(record) ?? []),
  );
}

/** A selector that names neither kind nor key nor path would let anything pass. */
function isUnlimited({ match }: ApprovedDifference): boolean {
  const anywhere = match.path === undefined || /^(\/\*\*)?$/.test(match.path);
  return /^\**$/.test(match.kind) && /^\**$/.test(match.key) && anywhere;
}

function mayHold(record: ApprovedDifference, { job }: PlaneReading): boolean {
  return mayConcern(record, job.environment.name, job.source.id);
}

function mayConcern({ match }: ApprovedDifference, environment: string, source: string): boolean {
  return (
    (match.environments?.some((pattern) => matchesWildcard(pattern, environment)) ?? true) &&
    (match.source === undefined || matchesWildcard(match.source, source))
  );
}

/** Whether everything the record may bear on was looked at: a scan of some sources says nothing of the others. */
function isWholeScope(record: ApprovedDifference, readings: readonly PlaneReading[], { estate }: ScanOptions): boolean {
  const read = new Set(readings.map(({ job }) => `${job.environment.name}\n${job.source.id}`));
  return estate.sources.every(({ id, environments }) =>
    environments.every((name) => !mayConcern(record, name, id) || read.has(`${name}\n${id}`)),
  );
}

function isIncomplete({ snapshot }: PlaneReading): boolean {
  const { completeness } = snapshot.header;
  return completeness.length === 0 || completeness.some(({ state }) => state !== 'complete');
}

/** Goes through a reading once for all records that may bear on it, until each has found a resource. */
async function searchReading(
  searches: readonly SelectorSearch[],
  reading: PlaneReading,
  kinds: KindIndex,
  options: ScanOptions,
): Promise<void> {
  const { job, snapshot } = reading;
  const concerned = searches.filter(({ record }) => mayHold(record, reading));
  const { neutralizer } = environmentFacts(job.environment);
  const { chunks } = options.store;
  for await (const { entries } of walkChunks(chunks, snapshot.index)) {
    const open = concerned.filter(({ isFound }) => !isFound);
    if (open.length === 0) return;
    const bodies = entries.map(({ body }) => body);
    for (const line of await loadLines(chunks, bodies)) {
      const resource = JSON.parse(line) as Resource;
      const { kind, key: name } = resource;
      const named = { source: job.source.id, kind, key: neutralizer.neutralize(name), name };
      const workload = workloadOf(options.estate, { ...named, layer: kinds.find(kind).layer })?.name;
      const target = { ...named, environment: job.environment.name, workload };
      for (const search of open) search.see(resource, target);
    }
  }
}

/** Looks for what one record means, and remembers the names that look most like the ones it uses. */
class SelectorSearch {
  readonly record: ApprovedDifference;
  readonly #keys = new Set<string>();
  readonly #fields = new Set<string>();
  #isSelected = false;
  #isFound = false;

  constructor(record: ApprovedDifference) {
    this.record = record;
  }

  /** Whether a resource has been seen that the record selects and that has its field. */
  get isFound(): boolean {
    return this.#isFound;
  }

  see(resource: Resource, target: Parameters<typeof selectsResource>[1]): void {
    if (this.#isFound) return;
    const { match } = this.record;
    if (matchesWildcard(match.kind, resource.kind) && this.#keys.size < 3) this.#keys.add(target.key);
    if (!selectsResource(this.record, target)) return;
    this.#isSelected = true;
    this.#isFound = hasPlace(resource.attributes, match.path ?? '');
    for (const field of Object.keys(resource.attributes)) if (this.#fields.size < 8) this.#fields.add(`/${field}`);
  }

  /** What is wrong with the record; nothing where it found its resource, or where not all was looked at. */
  describe(readings: readonly PlaneReading[], options: ScanOptions): readonly Problem[] {
    const { record } = this;
    const concerned = readings.filter((reading) => mayHold(record, reading));
    if (this.#isFound || concerned.some(isIncomplete) || !isWholeScope(record, readings, options)) return [];
    const { id, match, place } = record;
    if (this.#isSelected) {
      const nearest = `Its fields: ${[...this.#fields].join(', ')}.`;
      return [problem('LW4002', { id, path: match.path ?? '', nearest }, place)];
    }
    const selector = Object.entries(match).map(
      ([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : value}`,
    );
    const keys = [...this.#keys].join(', ');
    const nearest = keys ? `Keys of this kind: ${keys}.` : 'Nothing of this kind was read.';
    return [problem('LW4001', { id, selector: selector.join(', '), nearest }, place)];
  }
}
