import { type Json, ProblemError, problemRegistry } from '@leeway/core';
import type { AuditDraft } from '@leeway/store';
import type { FastifyRequest } from 'fastify';
import type { ServerContext } from '../context.ts';
import type { Contract } from '../contract/contract.ts';

/** What only a handler knows of what it did: a new token's id, who signed in. Never a secret. */
export interface AuditNote {
  readonly actor?: string;
  readonly subject?: string;
  readonly detail?: { readonly [name: string]: Json };
}

const notes = new WeakMap<FastifyRequest, AuditNote>();

/** Adds to the entry of the call under way. */
export function noteForAudit(request: FastifyRequest, note: AuditNote): void {
  notes.set(request, { ...notes.get(request), ...note });
}

type Outcome = AuditDraft['outcome'];

/**
 * Runs an operation and writes it down. What moves something is written before it is done and again with its outcome:
 * where the first cannot be written, nothing is done, where the second cannot, the call fails and the first remains. What
 * reads evidence is written before the evidence leaves.
 */
export async function audited<T>(
  context: ServerContext,
  request: FastifyRequest,
  contract: Contract,
  run: () => Promise<T>,
): Promise<T> {
  const record = (outcome: Outcome, code?: string) => recordCall(context, request, outcome, code);
  if (!moves(contract)) {
    const value = await run();
    if (contract.evidence) await record('done');
    return value;
  }
  await record('begun');
  let value: T;
  try {
    value = await run();
  } catch (error) {
    const isRefusal = error instanceof ProblemError && problemRegistry[error.problem.code].status < 500;
    await record(isRefusal ? 'refused' : 'failed', error instanceof ProblemError ? error.problem.code : 'LW8008');
    throw error;
  }
  await record('done');
  return value;
}

/** Writes down that somebody who is known was not allowed to do something. Nobody leaves no trace: they could fill the log. */
export async function recordRefusal(
  context: ServerContext,
  request: FastifyRequest,
  contract: Contract,
  error: unknown,
): Promise<void> {
  if (!request.principal || !(error instanceof ProblemError)) return;
  if (moves(contract) || contract.evidence) await recordCall(context, request, 'refused', error.problem.code);
}

/** Whether a call is written down before it runs. */
function moves({ method, readsOnly }: Contract): boolean {
  return method !== 'GET' && !readsOnly;
}

async function recordCall(
  { audit }: ServerContext,
  request: FastifyRequest,
  outcome: Outcome,
  code: string | undefined,
): Promise<void> {
  const { principal, params, body, query, ip, id, routeOptions } = request;
  const note = notes.get(request);
  const subject = note?.subject ?? Object.values((params ?? {}) as Record<string, string>)[0];
  await audit.record({
    actor: principal?.name ?? note?.actor ?? 'nobody',
    actorKind: principal?.kind ?? 'nobody',
    action: routeOptions.config.operationId ?? routeOptions.url ?? '',
    ...(subject !== undefined && { subject }),
    outcome,
    detail: {
      ...(principal && { as: principal.id }),
      ...asDetail('params', params),
      ...asDetail('query', query),
      ...asDetail('body', body),
      ...note?.detail,
      ...(code !== undefined && { problem: code }),
    },
    address: ip,
    requestId: id,
  });
}

/** Fields that hold secrets; what they hold is never written. */
const secretFields: ReadonlySet<string> = new Set(['password', 'link', 'secret']);
const longestText = 2_000;

function asDetail(name: string, value: unknown): { readonly [name: string]: Json } {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return {};
  const told = JSON.stringify(value, (key, each: unknown) => {
    if (secretFields.has(key)) return '***';
    return typeof each === 'string' && each.length > longestText ? `${each.slice(0, longestText)}…` : each;
  });
  return { [name]: JSON.parse(told) as Json };
}
