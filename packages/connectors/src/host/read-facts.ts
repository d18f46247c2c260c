import {
  type CheckLine,
  cancelled,
  listFiles,
  type ReadContext,
  type Reading,
  readJsonFile,
  readYamlFile,
} from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import { type Facts, factsOf } from './facts.ts';
import type { KindName } from './kinds.ts';
import type { HostSettings } from './settings.ts';

interface FactsFile extends Facts {
  readonly path: string;
}

/** What files gave: facts of hosts, and what went wrong with the others. */
interface FoundFacts {
  readonly files: readonly FactsFile[];
  readonly problems: readonly Problem[];
}

/** Reads files of facts, one a host. A kind is complete where every file speaks of it. */
export async function* readFacts(settings: HostSettings, context: ReadContext): AsyncIterable<Reading> {
  const { files, problems } = await findFacts(settings, context);
  const spoken = [...new Set(files.flatMap(({ kinds }) => [...kinds.keys()]))];
  const wanted = spoken.filter((kind) => settings.kinds?.includes(kind) ?? true);
  for (const file of files) yield* wanted.flatMap((kind) => resourcesOf(file, kind));
  for (const found of problems) yield { type: 'notice', problem: found };
  if (problems.length > 0) return;
  for (const kind of wanted) if (files.every(({ kinds }) => kinds.has(kind))) yield { type: 'complete', kind };
}

export async function checkFacts(settings: HostSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const { files, problems } = await findFacts(settings, context);
  const lines = files.map(({ path, host }) => ({ what: `${path} (${host})`, ok: true }));
  const faults = problems.map((found) => ({ what: found.place?.file ?? 'facts', ok: false, problem: found }));
  return [...lines, ...faults];
}

function resourcesOf({ path, host, kinds }: FactsFile, kind: KindName): readonly Reading[] {
  return (kinds.get(kind) ?? []).map(({ key, attributes }): Reading => {
    const whole = key === undefined ? host : `${host}:${key}`;
    return { type: 'resource', resource: { kind, key: whole, attributes, origin: { place: path } } };
  });
}

async function findFacts(settings: HostSettings, context: ReadContext): Promise<FoundFacts> {
  const paths = await listFiles(context.files, [settings.facts ?? []].flat());
  if (!paths.ok) return { files: [], problems: paths.problems };
  const files: FactsFile[] = [];
  const problems: Problem[] = [];
  const hosts = new Set<string>();
  for (const path of paths.value) {
    const stop = cancelled(context.signal, 'facts of hosts');
    if (stop) return { files, problems: [...problems, stop] };
    const found = await readFactsFile(path, context);
    if (!found.ok) problems.push(...found.problems);
    else if (hosts.has(found.value.host))
      problems.push(wrong(path, `Facts of ${found.value.host} once more`, 'one file a host'));
    else {
      hosts.add(found.value.host);
      files.push({ ...found.value, path });
    }
  }
  return { files, problems };
}

/** `ansible --tree` writes files without an ending: what begins with a brace is JSON. */
async function readFactsFile(path: string, context: ReadContext): Promise<Result<Facts>> {
  const yaml = /\.ya?ml$/.test(path);
  const document = yaml ? await readYamlFile(context.files, path) : await readJsonFile(context.files, path);
  if (!document.ok) return document;
  const [first] = [document.value].flat();
  const facts = first && factsOf(first.value);
  return facts ? ok(facts) : failed(wrong(path, 'A document without facts of a host', 'facts of Ansible or Puppet'));
}

function wrong(file: string, what: string, expected: string): Problem {
  return problem('LW2009', { what, expected }, { file });
}
