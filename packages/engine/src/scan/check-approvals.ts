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

/** What looking for a record's resources found. */
type Search = 'found' | 'no-field' | 'nothing' | 'unknown';

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
  const problems: Problem[] = [];
  for (const record of records) {
    if (isUnlimited(record)) problems.push(problem('LW4003', { id: record.id }, record.place));
    else if (!used.has(record.id)) problems.push(...(await checkSelector(record, readings, kinds, options)));
  }
  return problems;
}

/** A selector that names neither kind nor key nor path would let anything pass. */
function isUnlimited({ match }: ApprovedDifference): boolean {
  const anywhere = match.path === undefined || /^(\/\*\*)?$/.test(match.path);
  return /^\**$/.test(match.kind) && /^\**$/.test(match.key) && anywhere;
}

async function checkSelector(
  record: ApprovedDifference,
  readings: readonly PlaneReading[],
  kinds: KindIndex,
  options: ScanOptions,
): Promise<readonly Problem[]> {
  const concerned = readings.filter((reading) => mayHold(record, reading));
  const nearest = new NearestNames(record);
  let best: Search = 'nothing';
  for (const reading of concerned) {
    const found = await searchReading(record, reading, { kinds, options, nearest });
    if (found === 'found') return [];
    if (found === 'no-field') best = 'no-field';
  }
  if (concerned.some(isIncomplete) || !isWholeScope(record, readings, options)) return [];
  return [describeSearch(record, best, nearest)];
}

function describeSearch({ id, match, place }: ApprovedDifference, best: Search, nearest: NearestNames): Problem {
  if (best === 'no-field') return problem('LW4002', { id, path: match.path ?? '', nearest: nearest.field() }, place);
  const selector = Object.entries(match).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : value}`,
  );
  return problem('LW4001', { id, selector: selector.join(', '), nearest: nearest.resource() }, place);
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

interface SearchContext {
  readonly kinds: KindIndex;
  readonly options: ScanOptions;
  readonly nearest: NearestNames;
}

async function searchReading(
  record: ApprovedDifference,
  { job, snapshot }: PlaneReading,
  { kinds, options, nearest }: SearchContext,
): Promise<Search> {
  const facts = environmentFacts(job.environment);
  let best: Search = 'nothing';
  for await (const { entries } of walkChunks(options.store.chunks, snapshot.index)) {
    for (const line of await loadLines(
      options.store.chunks,
      entries.map(({ body }) => body),
    )) {
      const resource = JSON.parse(line) as Resource;
      const key = facts.neutralizer.neutralize(resource.key);
      nearest.see(resource, key);
      const target = { environment: facts.name, source: job.source.id, kind: resource.kind, key, name: resource.key };
      const { layer } = kinds.find(resource.kind);
      const workload = workloadOf(options.estate, {
        source: job.source.id,
        kind: resource.kind,
        key,
        name: resource.key,
        layer,
      })?.name;
      if (!selectsResource(record, { ...target, workload })) continue;
      if (hasPlace(resource.attributes, record.match.path ?? '')) return 'found';
      best = 'no-field';
      nearest.seeFields(resource);
    }
  }
  return best;
}

/** Remembers the names that look most like the ones a record uses. */
class NearestNames {
  readonly #record: ApprovedDifference;
  readonly #keys = new Set<string>();
  readonly #fields = new Set<string>();

  constructor(record: ApprovedDifference) {
    this.#record = record;
  }

  see(resource: Resource, key: string): void {
    if (matchesWildcard(this.#record.match.kind, resource.kind) && this.#keys.size < 3) this.#keys.add(key);
  }

  seeFields(resource: Resource): void {
    for (const field of Object.keys(resource.attributes)) if (this.#fields.size < 8) this.#fields.add(`/${field}`);
  }

  resource(): string {
    return this.#keys.size ? `Keys of this kind: ${[...this.#keys].join(', ')}.` : 'Nothing of this kind was read.';
  }

  field(): string {
    return `Its fields: ${[...this.#fields].join(', ')}.`;
  }
}
