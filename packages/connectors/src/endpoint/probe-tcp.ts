import { type Probe, withSocket } from './probe.ts';
import { describeTls } from './probe-tls.ts';

/** Connects and hangs up; with TLS, shakes hands first. */
export const probeTcp: Probe = async (endpoint, around) => {
  if (endpoint.scheme === 'tls') return { tls: await describeTls(endpoint, around) };
  await withSocket(endpoint, around, async () => undefined);
  return {};
};
