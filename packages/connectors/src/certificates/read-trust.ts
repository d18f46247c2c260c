import type { X509Certificate } from 'node:crypto';
import { listFiles, type ReadContext, type Reading } from '@leeway/connector-kit';
import { type Authorities, trustedAuthorities } from './chain.ts';
import { readCertificateFile } from './read-file.ts';
import type { CertificateSettings } from './schema.ts';

/** Who is trusted: `own` are the authorities that settings name, `all` has the public ones besides. */
export interface Trust {
  readonly own: readonly X509Certificate[];
  readonly all: readonly Authorities[];
}

/** Reads the authorities that settings name. A pattern that finds none is a problem: everything would look untrusted. */
export async function* readTrust(settings: CertificateSettings, context: ReadContext): AsyncGenerator<Reading, Trust> {
  const own: X509Certificate[] = [];
  if (settings.trust.length > 0) {
    const listed = await listFiles(context.files, settings.trust);
    if (!listed.ok) yield* listed.problems.map((problem): Reading => ({ type: 'notice', problem }));
    for (const path of listed.ok ? listed.value : []) {
      const file = await readCertificateFile(path, settings, context);
      yield* file.problems.map((problem): Reading => ({ type: 'notice', problem }));
      own.push(...file.certificates);
    }
  }
  return { own, all: trustedAuthorities(own) };
}
