import type { Connector } from '@leeway/connector-kit';
import { certificateKind, endpointKind, fileKind } from './kinds.ts';
import { checkCertificates, readCertificates } from './read.ts';
import { type CertificateSettings, certificateSettings } from './schema.ts';
import { recogniseCertificates } from './standalone.ts';

export const connector: Connector<CertificateSettings> = {
  id: 'certificates',
  title: 'Certificates',
  summary: 'PEM, DER and PKCS#12 files and TLS endpoints: chain, names, issuer, key, validity, protocol.',
  settings: certificateSettings,
  kinds: [certificateKind, endpointKind, fileKind],
  verification: { state: 'verified', against: 'OpenSSL 3.5 through Node 24: files and loopback servers' },
  permissions: [],
  check: checkCertificates,
  read: readCertificates,
  standalone: recogniseCertificates,
};
