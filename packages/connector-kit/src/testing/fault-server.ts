import { createServer, type Socket } from 'node:net';

/** How a loopback server treats whoever connects. */
export type SocketFault =
  /** Nothing listens at the port. */
  | 'refuse'
  /** Accepts and never says a word. */
  | 'hang'
  /** Accepts and closes at once. */
  | 'close'
  /** Resets the connection after the client's first bytes. */
  | 'reset'
  /** Answers with bytes of no protocol. */
  | 'garbage'
  /** Answers with an HTML page over plain HTTP. */
  | 'html';

export interface FaultServer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

const behaviours: Readonly<Record<Exclude<SocketFault, 'refuse'>, (socket: Socket) => void>> = {
  hang: () => undefined,
  close: (socket) => socket.end(),
  reset: (socket) => socket.once('data', () => socket.resetAndDestroy()),
  garbage: (socket) => socket.end(Uint8Array.from({ length: 256 }, (_, index) => (index * 151 + 7) & 0xff)),
  html: (socket) =>
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<!doctype html><p>Sign in'),
    ),
};

/** A server on 127.0.0.1 at a free port that fails in one way, for connectors that speak raw sockets. */
export async function startFaultServer(fault: SocketFault): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (fault !== 'refuse') behaviours[fault](socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  if (fault === 'refuse') await close();
  return { host: '127.0.0.1', port, close: fault === 'refuse' ? async () => undefined : close };
}
