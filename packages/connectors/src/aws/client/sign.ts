import { createHash, createHmac } from 'node:crypto';

/** What signs a request. A session token belongs to credentials that AWS handed out for a time. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Whom a signature is for: region and service as AWS signs them (`us-east-1`, `iam`). */
export interface Scope {
  readonly region: string;
  readonly service: string;
}

export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const authenticate = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * Headers of a request signed with AWS Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). `at` is the present: AWS
 * refuses signatures that are more than some minutes old.
 */
export function signRequest(
  request: UnsignedRequest,
  credentials: Credentials,
  { region, service }: Scope,
  at: Date,
): Readonly<Record<string, string>> {
  const time = at.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const bodyDigest = digest(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-amz-date': time,
    // S3 insists on it, the others accept it, as AWS's own clients send it.
    'x-amz-content-sha256': bodyDigest,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const canonical = [
    request.method,
    canonicalPath(request.url, service),
    canonicalQuery(request.url),
    ...names.map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    bodyDigest,
  ].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, digest(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(authenticate, `AWS4${credentials.secretAccessKey}`);
  const signature = authenticate(key, toSign).toString('hex');
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  };
}

/** The path is encoded once more than it is sent, everywhere but in S3. */
function canonicalPath({ pathname }: URL, service: string): string {
  return service === 's3' ? pathname : pathname.split('/').map(encode).join('/');
}

function canonicalQuery({ searchParams }: URL): string {
  const pairs = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.sort().join('&');
}

/** Everything but RFC 3986's unreserved characters is escaped. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
