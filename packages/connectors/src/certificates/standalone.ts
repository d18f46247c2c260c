import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { type CertificateSettings, certificateSettings, parseAddress } from './schema.ts';

const fileNames = /\.(pem|crt|cer|der|p12|pfx)$/i;
const inFolder = ['**/*.{pem,crt,cer,der,p12,pfx}'];

/** One key for a file and an endpoint, so that the one can be held against the other. */
const name = 'certificate';

/** Recognises `tls://host:port`, certificate files by their first lines or names, and folders of them. */
export function recogniseCertificates(
  target: StandaloneTarget,
): { readonly settings: CertificateSettings; readonly confidence: number } | undefined {
  const { url, paths = [], head = '' } = target;
  if (url !== undefined) {
    if (!/^(tls|https):/.test(url) || !parseAddress(url)) return undefined;
    const confidence = url.startsWith('tls:') ? 1 : 0.2;
    return { settings: certificateSettings.parse({ endpoints: [{ address: url, name }] }), confidence };
  }
  const found = standaloneFiles(target, inFolder);
  const settings = found && certificateSettings.parse(found.name === undefined ? found : { ...found, name });
  return settings && { settings, confidence: rate(paths, head) };
}

function rate(paths: readonly string[], head: string): number {
  if (/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(head)) return 0.95;
  return paths.some((path) => fileNames.test(path)) ? 0.8 : 0.05;
}
