import { type Change, type Description, isJsonObject, type Json, type Kind } from '@leeway/core';

/**
 * A certificate by what it says. Two environments never share a serial or a key; what they must agree on is who issued it,
 * for which names, with what key, for how long. Its fingerprint tells a replaced certificate within one environment; serial
 * and dates follow from it and would only repeat the finding. Expiry is judged by policies, which are told the time.
 */
export const certificateKind: Kind = {
  name: 'tls.certificate',
  title: 'certificate',
  layer: 'secrets',
  version: 1,
  noise: {
    unordered: ['/names', '/keyUsage', '/purposes'],
    computed: ['/serial', '/notBefore', '/notAfter'],
    instance: ['/fingerprint'],
  },
  severity: [
    { path: '/key/**', severity: 'high' },
    { path: '/issuer', severity: 'high' },
    { path: '/selfSigned', severity: 'high' },
    { path: '/chain/complete', severity: 'high' },
    { path: '/names', severity: 'high' },
    { path: '/fingerprint', severity: 'medium' },
  ],
  describe: describeCertificateChange,
};

/** A TLS port: what it negotiates and whether a client may trust it. */
export const endpointKind: Kind = {
  name: 'tls.endpoint',
  title: 'TLS endpoint',
  layer: 'network',
  version: 1,
  noise: {
    instance: ['/address', '/servername'],
    quantity: { '/servername': 'case-insensitive', '/address': 'case-insensitive' },
  },
  severity: [
    { path: '/trusted', severity: 'high' },
    { path: '/trustProblem', severity: 'high' },
    { path: '/nameMatches', severity: 'high' },
    { path: '/legacy/*', severity: 'high', when: ({ after }) => after === 'accepted' },
  ],
  describe: describeEndpointChange,
};

/** A file with certificates or keys. Keys are known by type and size, and by whether they belong to a certificate beside them. */
export const fileKind: Kind = {
  name: 'tls.file',
  title: 'certificate file',
  layer: 'secrets',
  version: 1,
  noise: { unordered: ['/privateKeys'] },
  severity: [{ path: '/privateKeys/**', severity: 'high' }],
};

function describeCertificateChange({
  path,
  before,
  after,
  beforeResource,
  afterResource,
}: Change): Description | undefined {
  if (path === '/fingerprint') {
    return { actual: `is ${identify(afterResource)}`, expected: `has ${identify(beforeResource)}` };
  }
  if (path === '/issuer')
    return { actual: `is issued by ${text(after)}`, expected: `has it issued by ${text(before)}` };
  if (path === '/names') return { actual: `is for ${text(after)}`, expected: `names ${text(before)}` };
  if (path === '/chain/complete') {
    const words = (value: Json | undefined) => (value === true ? 'leads to a known root' : 'leads to no known root');
    return { actual: words(after), expected: words(before) };
  }
  return undefined;
}

function identify(certificate: Change['afterResource']): string {
  const { serial, notAfter } = certificate ?? {};
  return `the certificate with serial ${text(serial)}, valid until ${text(notAfter).slice(0, 10)}`;
}

function describeEndpointChange({ path, before, after }: Change): Description | undefined {
  const [, protocol] = /^\/legacy\/(.+)$/.exec(path) ?? [];
  if (protocol) return { actual: `has ${protocol} ${text(after)}`, expected: `has it ${text(before)}` };
  if (path === '/protocol') return { actual: `speaks ${text(after)}`, expected: `speaks ${text(before)}` };
  if (path === '/trusted') {
    const words = (value: Json | undefined) => (value === true ? 'is trusted' : 'is not trusted');
    return { actual: words(after), expected: words(before) };
  }
  return undefined;
}

function text(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.map((each) => String(each).replace(/^DNS:/, '')).join(', ') || 'no names';
  return isJsonObject(value) ? JSON.stringify(value) : String(value);
}
