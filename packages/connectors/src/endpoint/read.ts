import { X509Certificate } from 'node:crypto';
import {
  type CheckLine,
  cancelled,
  connectionReason,
  listFiles,
  type ReadContext,
  type Reading,
  readText,
} from '@leeway/connector-kit';
import { failed, type JsonObject, ok, type Problem, ProblemError, problem, type Result } from '@leeway/core';
import type { Probe } from './probe.ts';
import { probeHttp } from './probe-http.ts';
import { probeSmtp } from './probe-smtp.ts';
import { probeSsh } from './probe-ssh.ts';
import { probeTcp } from './probe-tcp.ts';
import { stateOf } from './reach.ts';
import type { Endpoint, EndpointsSettings, Scheme } from './settings.ts';

/** Endpoints that are spoken to at the same time. */
const concurrency = 8;

const probes: Readonly<Record<Scheme, readonly [kind: string, probe: Probe]>> = {
  http: ['endpoint.http', probeHttp],
  https: ['endpoint.http', probeHttp],
  tcp: ['endpoint.tcp', probeTcp],
  tls: ['endpoint.tcp', probeTcp],
  ssh: ['endpoint.ssh', probeSsh],
  sftp: ['endpoint.ssh', probeSsh],
  smtp: ['endpoint.smtp', probeSmtp],
  smtps: ['endpoint.smtp', probeSmtp],
};

/** What became of one endpoint: an answer, a way not to answer that says something, or a problem of ours. */
type Outcome =
  | { readonly type: 'answer' | 'silence'; readonly attributes: JsonObject; readonly problem?: Problem }
  | { readonly type: 'problem'; readonly problem: Problem };

/**
 * Knocks at every endpoint. One that does not answer is told as such, provided that another one of the source does: where
 * none answers it may be our own network, and nothing is known.
 */
export async function* readEndpoints(settings: EndpointsSettings, context: ReadContext): AsyncIterable<Reading> {
  const outcomes = await knockAtAll(settings, context);
  if (!outcomes.ok) return yield* outcomes.problems.map((found): Reading => ({ type: 'notice', problem: found }));
  const anyAnswers = outcomes.value.some(({ outcome }) => outcome.type === 'answer');
  const incomplete = new Set<string>();
  for (const { endpoint, outcome } of outcomes.value) {
    const kind = kindOf(endpoint);
    if (outcome.type === 'problem' || (outcome.type === 'silence' && !anyAnswers)) {
      incomplete.add(kind);
      if (outcome.problem) yield { type: 'notice', problem: outcome.problem, kind };
      continue;
    }
    yield {
      type: 'resource',
      resource: { kind, key: endpoint.name, attributes: outcome.attributes, origin: placeOf(endpoint) },
    };
  }
  const spoken = new Set(settings.endpoints.map(kindOf));
  for (const kind of spoken) if (!incomplete.has(kind)) yield { type: 'complete', kind };
}

/** One line an endpoint. */
export async function checkEndpoints(settings: EndpointsSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const outcomes = await knockAtAll(settings, context);
  if (!outcomes.ok) return outcomes.problems.map((found) => ({ what: 'authorities', ok: false, problem: found }));
  return outcomes.value.map(({ endpoint: { name }, outcome }) =>
    outcome.type === 'answer' ? { what: name, ok: true } : { what: name, ok: false, ...withProblem(outcome) },
  );
}

function withProblem({ problem: found }: Outcome): { readonly problem?: Problem } {
  return found ? { problem: found } : {};
}

function kindOf({ scheme, as2 }: Endpoint): string {
  return as2 ? 'endpoint.as2' : probes[scheme][0];
}

function placeOf({ host, port }: Endpoint): { readonly place: string } {
  return { place: `${host}:${port}` };
}

async function knockAtAll(
  settings: EndpointsSettings,
  context: ReadContext,
): Promise<Result<readonly { readonly endpoint: Endpoint; readonly outcome: Outcome }[]>> {
  const own = await readAuthorities(settings.trust, context);
  if (!own.ok) return own;
  const outcomes: { readonly endpoint: Endpoint; readonly outcome: Outcome }[] = [];
  for (let start = 0; start < settings.endpoints.length; start += concurrency) {
    const stop = cancelled(context.signal, 'endpoints');
    if (stop) return failed(stop);
    const knocks = settings.endpoints.slice(start, start + concurrency).map(async (endpoint) => ({
      endpoint,
      outcome: await knock(endpoint, own.value, settings, context),
    }));
    outcomes.push(...(await Promise.all(knocks)));
  }
  return ok(outcomes);
}

async function knock(
  endpoint: Endpoint,
  own: readonly X509Certificate[],
  { timeout }: EndpointsSettings,
  context: ReadContext,
): Promise<Outcome> {
  const address = `${endpoint.host}:${endpoint.port}`;
  const late = AbortSignal.timeout(timeout * 1000);
  try {
    const [, probe] = probes[endpoint.scheme];
    const found = await probe(endpoint, { signal: AbortSignal.any([context.signal, late]), own });
    return { type: 'answer', attributes: { address, reachable: 'yes', answer: found } };
  } catch (error) {
    const stop = cancelled(context.signal, endpoint.name);
    if (stop) return { type: 'problem', problem: stop };
    if (error instanceof ProblemError) return { type: 'problem', problem: error.problem };
    const state = stateOf(error, late.aborted);
    const reason = state === 'another protocol' ? 'it speaks another protocol' : connectionReason(error);
    const unreached = late.aborted
      ? problem('LW3005', { system: endpoint.name, what: 'a connection', seconds: timeout })
      : problem('LW3001', { system: endpoint.name, reason });
    if (state === undefined) return { type: 'problem', problem: unreached };
    return { type: 'silence', attributes: { address, reachable: state }, problem: unreached };
  }
}

/** Private authorities of a source. A file that holds none is a problem: everything would look untrusted. */
async function readAuthorities(
  globs: readonly string[],
  context: ReadContext,
): Promise<Result<readonly X509Certificate[]>> {
  if (globs.length === 0) return ok([]);
  const paths = await listFiles(context.files, globs);
  if (!paths.ok) return paths;
  const found: X509Certificate[] = [];
  for (const path of paths.value) {
    const text = await readText(context.files, path);
    if (!text.ok) return text;
    const blocks = text.value.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    const certificates = blocks.flatMap(parseCertificate);
    const expected = 'PEM with certificates of authorities';
    if (certificates.length === 0 || certificates.length < blocks.length) {
      return failed(problem('LW2009', { what: 'Another text', expected }, { file: path, line: 1 }));
    }
    found.push(...certificates);
  }
  return ok(found);
}

function parseCertificate(pem: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}
