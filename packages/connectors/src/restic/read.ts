import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  parseShape,
  type ReadContext,
  type Reading,
  readJsonFile,
} from '@leeway/connector-kit';
import {
  failed,
  type Json,
  type JsonObject,
  ok,
  type Problem,
  problem,
  type Resource,
  type Result,
} from '@leeway/core';
import { parseJson } from '@leeway/formats';
import type { z } from 'zod';
import { runProgram } from '../shared/run-program.ts';
import { toBackups } from './backups.ts';
import { Code, Config, Keys, type Snapshot, Snapshots, Stats } from './schema.ts';
import type { ResticSettings } from './settings.ts';

const system = 'restic';
const place = 'restic';

interface Found {
  readonly resources: readonly Resource[];
  readonly problems: readonly { readonly problem: Problem; readonly kind?: string }[];
  readonly complete: readonly string[];
}

/** Reads listings, or a repository through restic itself, which takes no lock and writes nothing. */
export async function* readRestic(settings: ResticSettings, context: ReadContext): AsyncIterable<Reading> {
  const { resources, problems, complete } = await find(settings, context);
  for (const resource of resources) yield { type: 'resource', resource };
  for (const { problem: found, kind } of problems) yield { type: 'notice', problem: found, ...(kind && { kind }) };
  for (const kind of complete) yield { type: 'complete', kind };
}

export async function checkRestic(settings: ResticSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const { problems, resources } = await find({ ...settings, check: false }, context);
  if (problems.length === 0) return [{ what: `${settings.name}: ${resources.length} resources`, ok: true }];
  return problems.map(({ problem: found, kind }) => ({ what: kind ?? settings.name, ok: false, problem: found }));
}

function find(settings: ResticSettings, context: ReadContext): Promise<Found> {
  const stop = cancelled(context.signal, system);
  if (stop) return Promise.resolve(nothing([stop]));
  return settings.repository === undefined ? findInFiles(settings, context) : findInRepository(settings, context);
}

const nothing = (problems: readonly Problem[]): Found => ({
  resources: [],
  problems: problems.map((found) => ({ problem: found })),
  complete: [],
});

async function findInFiles(settings: ResticSettings, context: ReadContext): Promise<Found> {
  const paths = await listFiles(context.files, [settings.files ?? []].flat());
  if (!paths.ok) return nothing(paths.problems);
  const snapshots: Snapshot[] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const document = await readJsonFile(context.files, path);
    const listed = document.ok ? checkShape(Snapshots, document.value, path) : document;
    if (listed.ok) snapshots.push(...listed.value);
    else problems.push(...listed.problems);
  }
  const kinds = problems.length === 0 ? ['restic.backup'] : [];
  const [first = place] = paths.value;
  return { ...nothing(problems), resources: toBackups(snapshots, first), complete: kinds };
}

async function findInRepository(settings: ResticSettings, context: ReadContext): Promise<Found> {
  const environment = environmentOf(settings, context);
  if (!environment.ok) return nothing(environment.problems);
  const ask = asker(settings, context, environment.value);
  const snapshots = await ask(['snapshots', '--json'], 'the snapshots', Snapshots);
  // What fails here fails for all the others too.
  if (!snapshots.ok) return nothing(snapshots.problems);
  const repository = await findRepository(settings, ask, snapshots.value.length);
  const backups = toBackups(snapshots.value, place);
  if (!repository.ok) {
    const problems = repository.problems.map((found) => ({ problem: found, kind: 'restic.repository' }));
    return { resources: backups, problems, complete: ['restic.backup'] };
  }
  const resource = { kind: 'restic.repository', key: settings.name, attributes: repository.value, origin: { place } };
  return { resources: [...backups, resource], problems: [], complete: ['restic.backup', 'restic.repository'] };
}

type Ask = <Schema extends z.ZodType>(
  args: readonly string[],
  what: string,
  schema: Schema,
) => Promise<Result<z.output<Schema>>>;

function asker(
  { program, repository = '' }: ResticSettings,
  context: ReadContext,
  environment: Readonly<Record<string, string>>,
): Ask {
  return async (args, what, schema) => {
    const all = ['--no-lock', '--no-cache', '--repo', repository, ...args];
    const asked = { program, args: all, environment, system, what, reasonOf };
    const answer = await runProgram(context, { ...asked, answers: args[0] === 'check' ? [1] : [] });
    if (!answer.ok) return failed(...answer.problems.map((found) => signInProblem(found)));
    const value = args[0] === 'check' ? ok<Json>(answer.value.code) : parseOutput(answer.value.output, what);
    return value.ok ? parseShape(schema, value.value, { system, what }) : value;
  };
}

function parseOutput(output: string, what: string): Result<Json> {
  const parsed = parseJson(output, what);
  return parsed.ok
    ? ok(parsed.value.value)
    : failed(problem('LW3006', { system, what, reason: 'it is not valid JSON' }));
}

async function findRepository(settings: ResticSettings, ask: Ask, snapshots: number): Promise<Result<JsonObject>> {
  const config = await ask(['cat', 'config'], 'the configuration', Config);
  if (!config.ok) return config;
  const keys = await ask(['key', 'list', '--json'], 'the keys', Keys);
  if (!keys.ok) return keys;
  const stats = await ask(['stats', '--json', '--mode', 'raw-data'], 'the size', Stats);
  if (!stats.ok) return stats;
  const checked = settings.check ? await ask(['check'], 'the check', Code) : undefined;
  if (checked && !checked.ok) return checked;
  return ok({
    version: config.value.version,
    id: config.value.id,
    // Repositories are always encrypted and authenticated; restic, design document, "Keys, Encryption and MAC".
    encryption: 'AES-256-CTR with Poly1305-AES',
    keys: keys.value.length,
    bytes: stats.value.total_size,
    snapshots,
    ...(checked && { integrity: checked.value === 0 ? 'whole' : 'damaged' }),
  });
}

/** LW3055 for the first variable that is not set. */
function environmentOf(
  { passwordFrom, variables }: ResticSettings,
  context: ReadContext,
): Result<Readonly<Record<string, string>>> {
  const environment: Record<string, string> = {};
  const named = [['RESTIC_PASSWORD', passwordFrom ?? ''], ...variables.map((name) => [name, name])];
  for (const [name = '', variable = ''] of named) {
    const value = context.variable(variable);
    if (!value) return failed(problem('LW3055', { system, variable }));
    environment[name] = value;
  }
  return ok(environment);
}

const wrongPassword = 'the password is wrong';

/** Words of restic that are known to hold nothing else. */
function reasonOf(stderr: string): string | undefined {
  if (/wrong password|no key found/i.test(stderr)) return wrongPassword;
  if (/unable to open config file|repository does not exist|Is there a repository/i.test(stderr)) {
    return 'there is no repository at this address';
  }
  return undefined;
}

function signInProblem(found: Problem): Problem {
  return found.message.includes(wrongPassword) ? problem('LW3002', { system }) : found;
}
