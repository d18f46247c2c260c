import {
  type FileTree,
  failed,
  isJsonObject,
  ok,
  type Problem,
  ProblemError,
  problem,
  type Result,
} from '@leeway/core';
import type { Estate } from '@leeway/estate';
import { explainIssues } from '@leeway/estate/load/explain.ts';
import { decodeText, type ParsedDocument, parseYaml, pointerOf } from '@leeway/formats';
import { describeServerSettings, type ServerSettings, serverSettingsFile } from './schema.ts';

export const settingsFile = 'server.yaml';
const mostBytes = 1024 * 1024;

/** What server.yaml says, with its text. Where there is none, the text is empty and everything is as by default. */
export interface LoadedSettings {
  readonly settings: ServerSettings;
  readonly text: string;
}

/** Reads server.yaml of a tree. Every mistake is reported with its line and column; nothing of a faulty file counts. */
export async function loadSettings(tree: FileTree, estate: Estate): Promise<Result<LoadedSettings>> {
  const bytes = await readIfThere(tree);
  if (!bytes.ok) return bytes;
  if (bytes.value === undefined) return ok({ settings: serverSettingsFile.parse({}), text: '' });
  const text = decodeText(bytes.value, settingsFile, mostBytes);
  if (!text.ok) return text;
  const parsed = parseSettings(text.value, estate);
  return parsed.ok ? ok({ settings: parsed.value, text: text.value }) : parsed;
}

/** What a text of the settings file means, or what is wrong with it. */
export function parseSettings(text: string, estate: Estate): Result<ServerSettings> {
  const documents = parseYaml(text, settingsFile);
  if (!documents.ok) return documents;
  const [document, second] = documents.value;
  if (second) {
    const what = { what: 'A second document', expected: 'one document a file' };
    return failed(problem('LW2009', what, second.placeOf('')));
  }
  return checkDocument(document ?? { value: {}, placeOf: () => ({ file: settingsFile }) }, estate);
}

function checkDocument(document: ParsedDocument, estate: Estate): Result<ServerSettings> {
  const value = document.value ?? {};
  const placeOf = (path: readonly string[]) => document.placeOf(pointerOf(path));
  // A section with nothing below it has no entries yet.
  const written = isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
    : value;
  const parsed = serverSettingsFile.safeParse(written);
  if (!parsed.success) {
    const context = { value: written, schema: describeServerSettings(), placeOf, prefix: [] };
    return failed(...explainIssues(parsed.error.issues, context));
  }
  const problems = unknownReferences(parsed.data, estate, placeOf);
  return problems.length > 0 ? failed(...problems) : ok(parsed.data);
}

type PlaceOf = (path: readonly string[]) => ReturnType<ParsedDocument['placeOf']>;

/** Names that lead nowhere: a route to no channel, a pattern that takes no environment. */
function unknownReferences(settings: ServerSettings, estate: Estate, placeOf: PlaceOf): readonly Problem[] {
  const channels = Object.keys(settings.notifications.channels);
  const routes = settings.notifications.routes.flatMap(({ channel }, at) =>
    channels.includes(channel)
      ? []
      : [unknown('channel', channel, channels, placeOf(['notifications', 'routes', String(at), 'channel']))],
  );
  const environments = estate.environments.map(({ name }) => name);
  const sources = estate.sources.map(({ id }) => id);
  const schedules = Object.entries(settings.schedules).flatMap(([name, schedule]) => [
    ...unmatched('environment', schedule.environments, environments, placeOf(['schedules', name, 'environments'])),
    ...unmatched('source', schedule.sources, sources, placeOf(['schedules', name, 'sources'])),
  ]);
  const hooks = Object.entries(settings.hooks).flatMap(([name, hook]) => [
    ...unmatched(
      'environment',
      Object.values(hook.environments),
      environments,
      placeOf(['hooks', name, 'environments']),
    ),
    ...unmatched('environment', hook.scan, environments, placeOf(['hooks', name, 'scan'])),
    ...unmatched('source', hook.sources, sources, placeOf(['hooks', name, 'sources'])),
  ]);
  return [...schedules, ...hooks, ...routes];
}

function unmatched(
  kind: string,
  given: readonly string[],
  known: readonly string[],
  place: ReturnType<PlaceOf>,
): readonly Problem[] {
  return given
    .filter((pattern) => !pattern.includes('*') && !known.includes(pattern))
    .map((name) => unknown(kind, name, known, place));
}

function unknown(kind: string, name: string, known: readonly string[], place: ReturnType<PlaceOf>): Problem {
  const allowed = known.slice(0, 20).join(', ') || 'none yet';
  return problem('LW1006', { kind, name, nearest: '', allowed }, place);
}

async function readIfThere(tree: FileTree): Promise<Result<Uint8Array | undefined>> {
  try {
    return ok(await tree.read(settingsFile, mostBytes));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problem.code === 'LW2001' ? ok(undefined) : failed(error.problem);
  }
}
