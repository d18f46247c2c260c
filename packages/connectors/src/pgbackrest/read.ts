import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  parseShape,
  type ReadContext,
  type Reading,
  readJsonFile,
  readText,
} from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { parseIni, parseJson } from '@leeway/formats';
import { runProgram } from '../shared/run-program.ts';
import { toSettings } from './configuration.ts';
import { Info } from './schema.ts';
import type { PgbackrestSettings } from './settings.ts';
import { toStanza } from './stanzas.ts';

const system = 'pgBackRest';

/** Reads stanzas from pgBackRest or its outputs, and settings from its configuration; one does not spoil the other. */
export async function* readPgbackrest(settings: PgbackrestSettings, context: ReadContext): AsyncIterable<Reading> {
  const stop = cancelled(context.signal, system);
  if (stop) return yield { type: 'notice', problem: stop };
  if (settings.run) yield* wholeKind('pgbackrest.stanza', await askStanzas(settings, context));
  else yield* wholeKind('pgbackrest.stanza', await readEach(settings.files, context, readInfo));
  yield* wholeKind('pgbackrest.setting', await readEach(settings.configuration, context, readConfiguration));
}

export async function checkPgbackrest(
  settings: PgbackrestSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readPgbackrest(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') lines.push({ what: reading.kind ?? system, ok: false, problem: reading.problem });
  }
  return lines;
}

/** What a kind's reading gave; undefined where the settings do not speak of it. */
type Found = { readonly resources: readonly Resource[]; readonly problems: readonly Problem[] } | undefined;

function* wholeKind(kind: string, found: Found): Iterable<Reading> {
  if (!found) return;
  for (const resource of found.resources) yield { type: 'resource', resource };
  for (const each of found.problems) yield { type: 'notice', problem: each, kind };
  if (found.problems.length === 0) yield { type: 'complete', kind };
}

async function askStanzas({ program, programConfiguration }: PgbackrestSettings, context: ReadContext): Promise<Found> {
  const what = 'its stanzas';
  const own = programConfiguration === undefined ? [] : [`--config=${programConfiguration}`];
  const args = [...own, '--output=json', '--log-level-console=off', '--log-level-file=off', 'info'];
  const answer = await runProgram(context, { program, args, system, what, reasonOf });
  if (!answer.ok) return { resources: [], problems: answer.problems };
  const parsed = parseJson(answer.value.output, what);
  const info: Result<Info> = parsed.ok
    ? parseShape(Info, parsed.value.value, { system, what })
    : failed(problem('LW3006', { system, what, reason: 'it is not valid JSON' }));
  return info.ok
    ? { resources: info.value.map((stanza) => toStanza(stanza, system)), problems: [] }
    : { resources: [], problems: info.problems };
}

/** Words of pgBackRest that are known to hold nothing else. */
function reasonOf(stderr: string): string | undefined {
  const [, code] = /ERROR: \[(\d{3})\]/.exec(stderr) ?? [];
  return code && `pgBackRest's error ${code}`;
}

type ReadOne = (path: string, context: ReadContext) => Promise<Result<readonly Resource[]>>;

async function readEach(
  globs: string | readonly string[] | undefined,
  context: ReadContext,
  readOne: ReadOne,
): Promise<Found> {
  if (globs === undefined) return undefined;
  const paths = await listFiles(context.files, [globs].flat());
  if (!paths.ok) return { resources: [], problems: paths.problems };
  const found = { resources: [] as Resource[], problems: [] as Problem[] };
  for (const path of paths.value) {
    const read = await readOne(path, context);
    if (read.ok) found.resources.push(...read.value);
    else found.problems.push(...read.problems);
  }
  return found;
}

async function readInfo(path: string, { files }: ReadContext): Promise<Result<readonly Resource[]>> {
  const document = await readJsonFile(files, path);
  const info = document.ok ? checkShape(Info, document.value, path) : document;
  return info.ok ? ok(info.value.map((stanza) => toStanza(stanza, path))) : info;
}

async function readConfiguration(path: string, { files, seal }: ReadContext): Promise<Result<readonly Resource[]>> {
  const text = await readText(files, path);
  const document = text.ok ? parseIni(text.value, path) : text;
  return document.ok ? ok(toSettings(document.value.value, path, seal)) : document;
}
