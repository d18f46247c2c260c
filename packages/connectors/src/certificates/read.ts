import { type CheckLine, listFiles, type ReadContext, type Reading } from '@leeway/connector-kit';
import { ProblemError } from '@leeway/core';
import { checkEndpoint, readEndpoints } from './read-endpoints.ts';
import { readFiles } from './read-files.ts';
import { readTrust } from './read-trust.ts';
import type { CertificateSettings } from './schema.ts';

/** Reads what the settings name; a kind is complete when nothing of it failed. */
export async function* readCertificates(settings: CertificateSettings, context: ReadContext): AsyncIterable<Reading> {
  const wanted = new Set<string>(settings.kinds);
  let whole = true;
  try {
    context.signal.throwIfAborted();
    for await (const reading of readAll(settings, context)) {
      if (reading.type === 'resource' && !wanted.has(reading.resource.kind)) continue;
      if (reading.type === 'notice') whole = false;
      yield reading;
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    yield { type: 'notice', problem: error.problem };
    return;
  }
  if (whole) yield* readableKinds(settings).map((kind): Reading => ({ type: 'complete', kind }));
}

/** Kinds these settings can say anything of: who names no endpoints does not say that there are none. */
function readableKinds({ kinds, files, endpoints }: CertificateSettings): readonly string[] {
  const silent = new Set<string>([
    ...(files.length > 0 ? [] : ['tls.file']),
    ...(endpoints.length > 0 ? [] : ['tls.endpoint']),
  ]);
  return kinds.filter((kind) => !silent.has(kind));
}

async function* readAll(settings: CertificateSettings, context: ReadContext): AsyncIterable<Reading> {
  const trust = yield* readTrust(settings, context);
  yield* readFiles(settings, context, trust.all);
  yield* readEndpoints(settings, context, trust);
}

/** One line for the files and one for each endpoint. */
export async function checkCertificates(
  settings: CertificateSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  if (settings.files.length > 0) {
    const what = `certificate files ${settings.files.join(', ')}`;
    const listed = await listFiles(context.files, settings.files);
    const [found] = listed.ok ? [] : listed.problems;
    lines.push({ what, ok: listed.ok, ...(found && { problem: found }) });
  }
  for (const endpoint of settings.endpoints) {
    const found = await checkEndpoint(endpoint, settings, context);
    lines.push({ what: `TLS endpoint ${endpoint.name}`, ok: !found, ...(found && { problem: found }) });
  }
  return lines;
}
