import { createServer } from 'node:http';

/**
 * Serves as many resources as the command line says, of about 1 kB, page by page on loopback: as a Kubernetes API (`limit`
 * and `continue`) and as an OData service (`@odata.nextLink`). Prints its address; ends with its parent, whose end closes
 * standard input.
 */
const count = Number(process.argv[2]);
const odataPage = 1000;
const filling = 'configuration of a service, as long as such things are; '.repeat(12);

const configMap = (at: number) => ({
  metadata: { name: `settings-${at}`, namespace: `team-${at % 50}`, uid: `uid-${at}`, resourceVersion: `${at}` },
  data: { 'application.properties': `orders.batch=${at % 97}\n${filling}`, region: 'eu-west-1', replicas: `${at % 7}` },
});

const parameter = (at: number) => ({
  Code: `P${at}`,
  Description: filling,
  Quantity: at % 97,
  Active: at % 3 === 0,
  Plant: `plant-${at % 50}`,
});

const numbers = (from: number, many: number) =>
  Array.from({ length: Math.min(many, count - from) }, (_, at) => from + at);

function configMaps(query: URLSearchParams): object {
  const from = Number(query.get('continue') ?? 0);
  const many = Number(query.get('limit'));
  const next = from + many < count ? { continue: String(from + many) } : {};
  return {
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    metadata: { resourceVersion: '1', ...next },
    items: numbers(from, many).map(configMap),
  };
}

function parameters(query: URLSearchParams): object {
  const from = Number(query.get('$skiptoken') ?? 0);
  const next = from + odataPage;
  return {
    value: numbers(from, odataPage).map(parameter),
    ...(next < count && { '@odata.nextLink': `Parameters?$skiptoken=${next}` }),
  };
}

/** Discovery in the form that servers before Kubernetes 1.26 answer in. */
const answers: Readonly<Record<string, (query: URLSearchParams) => object>> = {
  '/api': () => ({ kind: 'APIVersions', versions: ['v1'] }),
  '/apis': () => ({ kind: 'APIGroupList', groups: [] }),
  '/api/v1': () => ({
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ['get', 'list'] }],
  }),
  '/api/v1/configmaps': configMaps,
  '/odata/Parameters': parameters,
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const answer = answers[pathname];
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer?.(searchParams) ?? {}));
});
// A reader that stores what it read pauses for longer than a connection is kept by default.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
process.stdin.on('end', () => process.exit()).resume();
