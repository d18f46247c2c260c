import { type CheckLine, cancelled, listFiles, type ReadContext, type Reading, readText } from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { readLogs } from './attribution.ts';
import type { KindName } from './kinds.ts';
import { type Answer, type Answers, parseFrames, scriptsFor } from './probes.ts';
import { type Section, wantedSections } from './sections.ts';
import type { Host, HostSettings } from './settings.ts';
import { type KnownHost, knownFor, parseKnownHosts, type Trust } from './ssh/known-hosts.ts';
import { type Credentials, credentialsOf, openSession, type Session, systemOf } from './ssh/session.ts';

/** What reading one host gave. */
interface HostRead {
  readonly resources: readonly Resource[];
  readonly problems: readonly { readonly problem: Problem; readonly kind?: KindName }[];
}

/** What reading any host needs. */
interface Source {
  readonly settings: HostSettings;
  readonly context: ReadContext;
  readonly credentials: Credentials;
  readonly known: readonly KnownHost[];
  readonly sections: readonly Section[];
}

/** Reads hosts, some at a time, each over one connection; a host that fails leaves its kinds unread and no other host. */
export async function* readLive(settings: HostSettings, context: ReadContext): AsyncIterable<Reading> {
  const source = await openSource(settings, context);
  if (!source.ok) return yield* source.problems.map((found): Reading => ({ type: 'notice', problem: found }));
  const spoilt = new Set<KindName | undefined>();
  for await (const { resources, problems } of readAll(settings.hosts ?? [], source.value)) {
    for (const resource of resources) yield { type: 'resource', resource };
    for (const { problem: found, kind } of problems) {
      spoilt.add(kind);
      yield { type: 'notice', problem: found, ...(kind && { kind }) };
    }
  }
  const complete = spoilt.has(undefined) ? [] : source.value.sections.filter(({ kind }) => !spoilt.has(kind));
  yield* complete.map(({ kind }): Reading => ({ type: 'complete', kind }));
}

/** One line a host that cannot be reached, and one a kind that may not be read there. */
export async function checkLive(settings: HostSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const source = await openSource(settings, context);
  if (!source.ok) return source.problems.map((found) => ({ what: 'sign-in', ok: false, problem: found }));
  const lines: CheckLine[] = [];
  for await (const { problems, host } of readAll(settings.hosts ?? [], source.value)) {
    if (problems.length === 0) lines.push({ what: host.name, ok: true });
    for (const { problem: found, kind } of problems) {
      lines.push({ what: kind ? `${host.name}: ${kind}` : host.name, ok: false, problem: found });
    }
  }
  return lines;
}

async function openSource(settings: HostSettings, context: ReadContext): Promise<Result<Source>> {
  const stop = cancelled(context.signal, 'the hosts');
  if (stop) return failed(stop);
  const credentials = credentialsOf(settings, context);
  if (!credentials.ok) return credentials;
  const known = await readKnownHosts(settings, context);
  if (!known.ok) return known;
  const sections = wantedSections(settings);
  return ok({ settings, context, credentials: credentials.value, known: known.value, sections });
}

async function readKnownHosts(
  { knownHosts }: HostSettings,
  { files }: ReadContext,
): Promise<Result<readonly KnownHost[]>> {
  if (knownHosts === undefined) return ok([]);
  const paths = await listFiles(files, [knownHosts].flat());
  if (!paths.ok) return paths;
  const known: KnownHost[] = [];
  for (const path of paths.value) {
    const text = await readText(files, path);
    if (!text.ok) return text;
    known.push(...parseKnownHosts(text.value));
  }
  return ok(known);
}

/** In the order they end, never more than `concurrency` at a time. */
async function* readAll(hosts: readonly Host[], source: Source): AsyncIterable<HostRead & { readonly host: Host }> {
  const waiting = [...hosts];
  const running = new Map<Host, Promise<HostRead & { readonly host: Host }>>();
  while (waiting.length + running.size > 0) {
    for (const host of waiting.splice(0, source.settings.concurrency - running.size)) {
      running.set(
        host,
        readHost(host, source).then((found) => ({ ...found, host })),
      );
    }
    const ended = await Promise.race(running.values());
    running.delete(ended.host);
    yield ended;
  }
}

async function readHost(host: Host, source: Source): Promise<HostRead> {
  const { settings, context, credentials, known } = source;
  const late = AbortSignal.timeout(settings.timeout * 1000);
  const trust: Trust = {
    known: knownFor(known, host.address, host.port),
    fingerprints: [host.fingerprint ?? []].flat(),
  };
  const session = await openSession({
    host,
    trust,
    credentials,
    signal: AbortSignal.any([context.signal, late]),
    source: context.signal,
    seconds: settings.timeout,
    keyFrom: settings.keyFrom,
  });
  if (!session.ok) return { resources: [], problems: session.problems.map((found) => ({ problem: found })) };
  try {
    const answers = await askAll(session.value, host, source);
    if (!answers.ok) return { resources: [], problems: answers.problems.map((found) => ({ problem: found })) };
    return toResources(answers.value, host, source);
  } finally {
    session.value.close();
  }
}

/** All scripts at the same time, each on a channel of its own. */
async function askAll(session: Session, host: Host, { settings, sections }: Source): Promise<Result<Answers>> {
  const names = new Set(sections.flatMap(({ needs, takes = [] }) => [...needs, ...takes, 'time']));
  const outputs = await Promise.all(scriptsFor(names, settings).map((script) => session.run(script, settings.limit)));
  const answers = new Map<string, Answer>();
  for (const output of outputs) {
    if (!output.ok) return output;
    const frames = parseFrames(output.value);
    if (!frames) return failed(unreadable(host));
    for (const [name, answer] of frames) answers.set(name, answer);
  }
  return answers.size === 0 ? failed(unreadable(host)) : ok(answers);
}

function unreadable(host: Host): Problem {
  const reason = 'its shell printed something else, or ended early';
  return problem('LW3006', { system: systemOf(host), what: 'its state', reason });
}

function toResources(answers: Answers, host: Host, { sections }: Source): HostRead {
  const text = (probe: string) => {
    const answer = answers.get(probe);
    return answer?.code === 0 ? answer.text : '';
  };
  const attribute = readLogs(text);
  const resources: Resource[] = [];
  const problems: HostRead['problems'][number][] = [];
  for (const section of sections) {
    const { kind } = section;
    const fault = faultOf(section, answers, host);
    if (fault) {
      problems.push({ problem: fault, kind });
      continue;
    }
    for (const { key, attributes, origin } of section.parse(text)) {
      const place = `ssh://${host.address}`;
      resources.push({
        kind,
        key: key === undefined ? host.name : `${host.name}:${key}`,
        attributes,
        origin: { place, ...attribute(kind, key), ...origin },
      });
    }
  }
  return { resources, problems };
}

/** EX_UNAVAILABLE of sysexits(3): the host has no such thing, which is an answer. */
const unavailable = 69;
/** EX_NOPERM. */
const denied = 77;

function faultOf(section: Section, answers: Answers, host: Host): Problem | undefined {
  const { needs, what, permission = `read ${what}` } = section;
  const system = systemOf(host);
  const codes = needs.map((need) => answers.get(need)?.code);
  if (codes.includes(denied)) return problem('LW3003', { system, what, permission });
  const wrong = codes.find((code) => code !== 0 && code !== unavailable);
  if (wrong === undefined && !codes.includes(undefined)) return undefined;
  return problem('LW3074', { system, what, reason: `it ended with ${wrong ?? 'no answer'}` });
}
