import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { failed, ok, ProblemError, problem, type Result } from '@leeway/core';
import { type AuditEntry, type ChainCheck, checkChain } from '@leeway/store';
import { z } from 'zod';
import type { AuditRequest } from '../use-cases.ts';
import { openEstate, openEstateServerStore } from './open-estate.ts';

/** Walks the audit log of the estate, or an export of one. Problems: LW8112 (it does not hold), LW8113 (no export). */
export async function verifyAudit(request: AuditRequest): Promise<Result<ChainCheck>> {
  const { head } = request;
  const checked =
    request.file === undefined
      ? await verifyStored(request)
      : await verifyExport(resolve(request.workingDirectory, request.file), request.file, head);
  if (!checked.ok || checked.value.intact) return checked;
  const { seq = 0, reason = 'it does not hold' } = checked.value.broken ?? {};
  return failed(problem('LW8112', { seq, reason }));
}

async function verifyStored(request: AuditRequest): Promise<Result<ChainCheck>> {
  const opened = await openEstate(request);
  if (!opened.ok) return opened;
  const store = await openEstateServerStore(request);
  if (!store.ok) return store;
  try {
    return ok(await checkChain(store.value.audit.read(opened.value.estate.name), { head: request.head }));
  } finally {
    await store.value.close();
  }
}

/** What an entry must have for its hash to be computed; everything else in it is part of what is hashed. */
const exported = z.looseObject({ estate: z.string(), seq: z.int(), previous: z.string(), hash: z.string() });

async function verifyExport(path: string, file: string, head: string | undefined): Promise<Result<ChainCheck>> {
  try {
    return ok(await checkChain(readExport(path, file), { head, isPart: true }));
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

async function* readExport(path: string, file: string): AsyncGenerator<AuditEntry> {
  const refuse = (reason: string) => new ProblemError(problem('LW8113', { file, reason }));
  const stream = createReadStream(path, 'utf8');
  let line = 0;
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text === '') continue;
      const entry = exported.safeParse(parseLine(text));
      if (!entry.success) throw refuse(`line ${line} is no entry`);
      yield entry.data as unknown as AuditEntry;
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw refuse(error instanceof Error ? error.message : String(error));
  } finally {
    stream.destroy();
  }
  if (line === 0) throw refuse('it is empty');
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
