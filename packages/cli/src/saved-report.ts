import { readFile, stat } from 'node:fs/promises';
import { type Finding, failed, ok, problem, type Result } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { z } from 'zod';
import schema from '../schema/report.schema.json' with { type: 'json' };

/** Saved reports larger than this are not read back. */
const sizeLimit = 512 * 1024 * 1024;

/**
 * Reads a report that `--format json` wrote, checked by the same schema that users check with.
 * Problems: LW2001, LW2004, LW7015.
 */
export async function readSavedReport(file: string): Promise<Result<Report>> {
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) return failed(problem('LW2001', { file }));
  if (size > sizeLimit) return failed(problem('LW2004', { size, limit: sizeLimit }));
  const parsed = parseJson(await readFile(file, 'utf8'));
  if (!parsed.ok) return failed(problem('LW7015', { file, reason: 'it is not JSON' }));
  const checked = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(parsed.value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const where = `/${(issue?.path ?? []).map(String).join('/')}`;
    return failed(
      problem('LW7015', {
        file,
        reason: `${where} is not as schema/report.schema.json says (${issue?.message ?? 'unknown'})`,
      }),
    );
  }
  return restoreReport(parsed.value as SavedReport, file);
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

type SavedGroup = Omit<Report['groups'][number], 'findings'> & { readonly findings: readonly string[] };
type SavedReport = Omit<Report, 'groups'> & { readonly groups: readonly SavedGroup[] };

/** Gives groups their findings back and sources a measured time of nothing. */
function restoreReport(saved: SavedReport, file: string): Result<Report> {
  const byFingerprint = new Map<string, Finding>(saved.findings.map((found) => [found.fingerprint, found]));
  const unknown = saved.groups
    .flatMap((group) => group.findings)
    .find((fingerprint) => !byFingerprint.has(fingerprint));
  if (unknown !== undefined)
    return failed(problem('LW7015', { file, reason: `a group names the finding ${unknown}, which is not there` }));
  return ok({
    ...saved,
    sources: saved.sources.map((source) => ({ ...source, milliseconds: 0 })),
    groups: saved.groups.map((group) => ({
      ...group,
      findings: group.findings.flatMap((fingerprint) => byFingerprint.get(fingerprint) ?? []),
    })),
  });
}
