import { createServer, type Socket } from 'node:net';

/** What a server does with whoever connects. */
export interface BadServer {
  readonly name: string;
  readonly talk: (socket: Socket) => void;
}

const httpHead = (status: string, headers: readonly string[] = []) =>
  [`HTTP/1.1 ${status}`, 'content-type: application/json', ...headers, '', ''].join('\r\n');

/** Answers any HTTP request with these bytes and closes. */
const answer = (text: string) => (socket: Socket) => void socket.once('data', () => socket.end(text));

/** Sends a byte now and then, for as long as anybody listens. */
function drip(start: string, byte: string) {
  return (socket: Socket) => {
    if (start) socket.write(start);
    const timer = setInterval(() => socket.write(byte), 15);
    socket.on('close', () => clearInterval(timer));
  };
}

/** PostgreSQL: message `type` with its length and body. */
function message(type: string, body: Buffer | string): Buffer {
  const content = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const authenticated = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')]);

/** PostgreSQL: refuses TLS, lets anybody in, then does this with every statement. */
const afterLogin = (onStatement: (socket: Socket) => void) => (socket: Socket) => {
  let isIn = false;
  socket.on('data', (bytes: Buffer) => {
    if (bytes.length === 8 && bytes.readUInt32BE(4) === 80_877_103) socket.write('N');
    else if (isIn) onStatement(socket);
    else {
      isIn = true;
      socket.write(authenticated);
    }
  });
};

/** Every way a server is bad here. Each is tried on every connector that reads live systems, whatever it speaks. */
export const badServers: readonly BadServer[] = [
  { name: 'hangs', talk: () => undefined },
  { name: 'closes', talk: (socket) => void socket.end() },
  { name: 'resets', talk: (socket) => void socket.once('data', () => socket.resetAndDestroy()) },
  { name: 'garbage', talk: (socket) => void socket.end(Buffer.from([0, 255, 1, 254, 2, 253, 83, 3])) },
  { name: 'drips-nothing', talk: drip('', '\0') },
  { name: 'drips-headers', talk: drip('HTTP/1.1 200 OK\r\nx: ', 'x') },
  { name: 'drips-body', talk: drip(`${httpHead('200 OK')}{"items":[`, ' ') },
  { name: 'half', talk: answer(`${httpHead('200 OK', ['content-length: 5000'])}{"kind":"PodList","items":[{"metad`) },
  { name: 'empty', talk: answer(httpHead('200 OK', ['content-length: 0'])) },
  { name: 'html', talk: answer('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<!doctype html><p>Sign in') },
  { name: 'other-shape', talk: answer(`${httpHead('200 OK')}[[[0]]]`) },
  { name: 'deep', talk: answer(`${httpHead('200 OK')}${'['.repeat(500_000)}`) },
  { name: 'vast', talk: answer(`${httpHead('200 OK', ['content-length: 9000000000000'])}{`) },
  { name: 'redirects', talk: answer(httpHead('302 Found', ['location: /', 'content-length: 0'])) },
  { name: 'unauthorized', talk: answer(`${httpHead('401 Unauthorized')}{}`) },
  { name: 'forbidden', talk: answer(`${httpHead('403 Forbidden')}{}`) },
  { name: 'throttles', talk: answer(`${httpHead('429 Too Many Requests', ['retry-after: 3600'])}{}`) },
  { name: 'fails', talk: answer(`${httpHead('500 Internal Server Error')}{}`) },
  { name: 'endless-length', talk: (socket) => void socket.write('R\x7f\xff\xff\xff', 'latin1') },
  { name: 'silent-after-login', talk: afterLogin(() => undefined) },
  { name: 'garbage-after-login', talk: afterLogin((socket) => void socket.write('T\0\0\0\x06\xff\xff', 'latin1')) },
  { name: 'closes-after-login', talk: afterLogin((socket) => void socket.end()) },
  { name: 'empty-after-login', talk: afterLogin((socket) => void socket.write(message('Z', 'I'))) },
];

export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server on a free loopback port. */
export async function listen({ talk }: BadServer): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** How each connector that reads live systems is pointed at a port. */
export const liveSources: Readonly<Record<string, (port: number) => string>> = {
  kubernetes: (port) => `connector: kubernetes, observed: {cluster: {server: 'http://127.0.0.1:${port}'}}`,
  postgresql: (port) => `connector: postgresql, observed: {host: 127.0.0.1, port: ${port}, user: u, database: d}`,
  prometheus: (port) => `connector: prometheus, observed: {url: 'http://127.0.0.1:${port}'}`,
  certificates: (port) => `connector: certificates, observed: {endpoints: ['127.0.0.1:${port}'], timeout: 1}`,
};
