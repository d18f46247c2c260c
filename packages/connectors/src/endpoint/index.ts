import type { Connector } from '@leeway/connector-kit';
import { endpointKinds } from './kinds.ts';
import { checkEndpoints, readEndpoints } from './read.ts';
import { EndpointsSettings } from './settings.ts';
import { recogniseEndpoint } from './standalone.ts';

export const connector: Connector<EndpointsSettings> = {
  id: 'endpoint',
  title: 'Endpoints',
  summary: 'HTTP, TCP, TLS, SSH, SFTP, SMTP and AS2 endpoints: reachability, status, headers, host keys, certificates.',
  settings: EndpointsSettings,
  kinds: endpointKinds,
  verification: {
    state: 'verified',
    against: 'nginx 1.22, OpenSSH 9.2 and an SMTP server on loopback; AS2 by its HTTP side',
  },
  permissions: [],
  check: checkEndpoints,
  read: readEndpoints,
  standalone: recogniseEndpoint,
};
