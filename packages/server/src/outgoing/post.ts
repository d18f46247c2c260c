import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { ProblemError, problem } from '@leeway/core';
import { checkedAddress } from './addresses.ts';

export interface Posting {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly allowInternal: readonly string[];
  /** What people call the receiver: the address itself may be a secret. */
  readonly label: string;
}

const patienceMilliseconds = 10_000;

/**
 * Posts JSON to an address that is checked first, without following redirects. Returns the status; what the other side
 * answers is not read. Problems: LW8210 to LW8212.
 */
export async function post({ url, headers, body, allowInternal, label }: Posting): Promise<number> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') {
    throw new ProblemError(problem('LW8212', { label, reason: 'its address is no http or https URL' }));
  }
  const address = await checkedAddress(parsed.hostname, allowInternal);
  const answer = Promise.withResolvers<number>();
  const request = (parsed.protocol === 'https:' ? https : http).request(
    parsed,
    {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(patienceMilliseconds),
      headers: { 'content-type': 'application/json', 'user-agent': 'leeway', ...headers },
      // The name still goes into the certificate's check and the Host header; the connection goes to what was checked.
      lookup: (_host, options, done) => {
        const family = isIP(address);
        if (options.all === true) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    },
    (response) => {
      response.destroy();
      answer.resolve(response.statusCode ?? 0);
    },
  );
  request.on('error', (error: Error & { code?: string }) => {
    const reason = error.name === 'TimeoutError' ? 'no answer in time' : (error.code ?? error.name);
    answer.reject(new ProblemError(problem('LW8212', { label, reason })));
  });
  request.end(body);
  return answer.promise;
}
