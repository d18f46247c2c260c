import { failed, ok, problem, type Result } from '@leeway/core';
import { isLoopback, type Site } from '@leeway/server';

/**
 * Where people reach a server that listens at `host`. Beyond this machine passwords, sessions and tokens must not travel
 * readable, and only a known address tells a page of ours from another's: so there a public https address is asked for,
 * which something in front of the server (an ingress, a reverse proxy) answers. Problems: LW8104, LW8105.
 */
export function readAddress(host: string, publicUrl: string | undefined): Result<Site> {
  const isLocal = isLoopback(host) || host === '::1';
  if (publicUrl === undefined || publicUrl === '') {
    return isLocal ? ok({}) : failed(problem('LW8104', { host, reason: 'and nothing says where people reach it' }));
  }
  const fault = faultOf(publicUrl);
  if (fault !== undefined) return failed(problem('LW8105', { url: publicUrl, reason: fault }));
  const url = new URL(publicUrl);
  if (url.protocol === 'http:' && !(isLocal && isLoopback(url.hostname))) {
    return failed(problem('LW8104', { host, reason: `where people reach it by ${url.origin}, readable on the way` }));
  }
  return ok({ publicUrl: url });
}

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it is no URL';
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'it is neither https nor http';
  if (username !== '' || password !== '') return 'it holds a name or password';
  if (pathname !== '/' || search !== '' || hash !== '') return 'it has a path behind the host';
  return undefined;
}
