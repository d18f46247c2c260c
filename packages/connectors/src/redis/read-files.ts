import { posix } from 'node:path';
import { type CheckLine, cancelled, listFiles, type ReadContext, type Reading, readText } from '@leeway/connector-kit';
import { failed, formatPlace, ok, type Place, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { splitRules } from './acl.ts';
import { settingsResource, userResource, withPlace } from './attributes.ts';
import { system } from './connect.ts';
import { defaultParameters } from './parameters.ts';
import { type Directive, parseConf } from './parse-conf.ts';
import type { RedisSettings } from './settings.ts';

/** Files may include others, not without end. */
const deepestInclude = 8;

/** Directives that are no parameter a server would tell: commands at start, lists with a form of their own. */
const noParameters = new Set(['include', 'loadmodule', 'rename-command', 'user']);

/** Parameters that add to what stands before them. */
const accumulating = new Set(['save', 'client-output-buffer-limit']);

/** Reads configuration and ACL files as the server reads them at its start. */
export async function* readFiles(settings: RedisSettings, context: ReadContext): AsyncIterable<Reading> {
  const found = await readAll(settings, context);
  if (!found.ok) {
    for (const problem of found.problems) yield { type: 'notice', problem };
    return;
  }
  for (const resource of found.value) yield { type: 'resource', resource };
  yield { type: 'complete', kind: 'redis.settings' };
  yield { type: 'complete', kind: 'redis.acl-user' };
}

export async function checkFiles(settings: RedisSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const found = await readAll(settings, context);
  if (found.ok) return [{ what: [settings.files ?? []].flat().join(', '), ok: true }];
  return found.problems.map((each) => ({ what: each.place?.file ?? 'files', ok: false, problem: each }));
}

async function readAll(settings: RedisSettings, context: ReadContext): Promise<Result<readonly Resource[]>> {
  const configuration = await readConfiguration([settings.files ?? []].flat(), context);
  const users = await readAclFiles([settings.aclFiles ?? []].flat(), context);
  if (!configuration.ok || !users.ok) {
    return failed(...[configuration, users].flatMap((result) => (result.ok ? [] : result.problems)));
  }
  const directives = configuration.value;
  const place = directives[0]?.place.file ?? '';
  const parameters = collectParameters(directives);
  const lines = [...directives.filter(({ name }) => name === 'user').map(toUserLine), ...users.value];
  return ok([
    withPlace(settingsResource(settings.name, parameters), place),
    ...usersOf(lines, parameters.get('requirepass') ?? '', place, settings, context),
  ]);
}

/** Directives of the files in their order, with what they include in its place. */
async function readConfiguration(
  globs: readonly string[],
  context: ReadContext,
): Promise<Result<readonly Directive[]>> {
  const paths = await listFiles(context.files, globs);
  if (!paths.ok) return paths;
  const directives: Directive[] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const read = await readWithIncludes(path, 0, context);
    if (read.ok) directives.push(...read.value);
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(directives);
}

async function readWithIncludes(
  path: string,
  depth: number,
  context: ReadContext,
): Promise<Result<readonly Directive[]>> {
  const stop = cancelled(context.signal, system);
  if (stop) return failed(stop);
  if (depth > deepestInclude) return failed(problem('LW2007', { limit: deepestInclude }, { file: path }));
  const text = await readText(context.files, path);
  if (!text.ok) return text;
  const { directives, broken } = parseConf(text.value, path);
  const reason = 'its quotes do not close';
  if (broken.length > 0) return failed(...broken.map((at) => problem('LW2005', { format: 'redis.conf', reason }, at)));
  const found: Directive[] = [];
  for (const directive of directives) {
    if (directive.name !== 'include') {
      found.push(directive);
      continue;
    }
    const included = posix.join(posix.dirname(path), directive.args[0] ?? '');
    const read = await readWithIncludes(included, depth + 1, context);
    if (!read.ok) return read;
    found.push(...read.value);
  }
  return ok(found);
}

/** Parameters as the server would tell them: later lines win, some add up, what no line names has its default. */
function collectParameters(directives: readonly Directive[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const { name, args } of directives) {
    if (noParameters.has(name)) continue;
    const value = args.join(' ');
    const before = accumulating.has(name) && value !== '' ? (parameters.get(name) ?? '') : '';
    parameters.set(name, `${before} ${value}`.trim());
  }
  return new Map([...Object.entries(defaultParameters), ...parameters]);
}

/** A `user` line of either file. */
interface UserLine {
  readonly user: string;
  readonly rules: readonly string[];
  readonly place: Place;
}

function toUserLine({ args, place }: Directive): UserLine {
  const [user = '', ...rules] = args;
  return { user, rules: splitRules(rules.join(' ')), place };
}

async function readAclFiles(globs: readonly string[], context: ReadContext): Promise<Result<readonly UserLine[]>> {
  if (globs.length === 0) return ok([]);
  const paths = await listFiles(context.files, globs);
  if (!paths.ok) return paths;
  const lines: UserLine[] = [];
  for (const path of paths.value) {
    const text = await readText(context.files, path);
    if (!text.ok) return text;
    for (const [index, line] of text.value.split(/\r?\n/).entries()) {
      const [word, user, ...rules] = splitRules(line.trim());
      if (word === undefined || word.startsWith('#')) continue;
      const place = { file: path, line: index + 1 };
      if (word !== 'user' || user === undefined) {
        return failed(problem('LW2005', { format: 'ACL file', reason: 'a line does not begin with "user"' }, place));
      }
      lines.push({ user, rules, place });
    }
  }
  return ok(lines);
}

/** The users that lines declare, and the default user, which is always there: open, or behind `requirepass`. */
function usersOf(
  lines: readonly UserLine[],
  requirepass: string,
  file: string,
  { name }: RedisSettings,
  { seal }: ReadContext,
): readonly Resource[] {
  const declared = lines.map(({ user, rules, place }) =>
    withPlace(userResource(name, user, rules, seal), formatPlace(place)),
  );
  if (lines.some(({ user }) => user === 'default')) return declared;
  const access = requirepass === '' ? 'nopass' : `>${requirepass}`;
  const rules = ['on', access, 'allkeys', 'allchannels', 'allcommands'];
  return [...declared, withPlace(userResource(name, 'default', rules, seal), file)];
}
