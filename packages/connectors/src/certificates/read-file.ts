import type { ReadContext } from '@leeway/connector-kit';
import { ProblemError, problem } from '@leeway/core';
import { type CertificateFile, parseCertificateFile } from './parse-file.ts';
import type { CertificateSettings } from './schema.ts';

const nothing = { format: 'pem', certificates: [], keys: [] } as const;

/** Reads one file; what is wrong with it is in its problems, also when nothing of it could be read. */
export async function readCertificateFile(
  path: string,
  settings: CertificateSettings,
  context: ReadContext,
): Promise<CertificateFile> {
  const variable = settings.passwordFrom;
  const password = { variable, value: variable === undefined ? undefined : context.variable(variable) };
  try {
    const bytes = await context.files.read(path, settings.limit);
    const what = { what: describeUnknown(bytes), expected: 'PEM, a DER certificate or PKCS#12' };
    const unknown = { ...nothing, problems: [problem('LW2009', what, { file: path })] };
    return (await parseCertificateFile(bytes, path, password)) ?? unknown;
  } catch (error) {
    if (error instanceof ProblemError) return { ...nothing, problems: [error.problem] };
    throw error;
  }
}

function describeUnknown(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'An empty file';
  const isJavaKeyStore = Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'feedfeed';
  return isJavaKeyStore ? 'A Java key store in its old format (JKS)' : 'Something else';
}
