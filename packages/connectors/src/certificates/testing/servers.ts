import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import type { Issued } from './issue.ts';

/** Something that listens on a loopback port of its own. */
export interface Listening {
  readonly address: string;
  stop(): Promise<void>;
}

async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A TLS server that shows `entry` and what stands above it. */
export function serveTls(entry: Issued, chain: readonly Issued[], options: TlsOptions = {}): Promise<Listening> {
  const server = createTlsServer(credentials(entry, chain, options));
  // A client that hangs up in the middle of a handshake is what these tests do.
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

function credentials(entry: Issued, chain: readonly Issued[], options: TlsOptions = {}): TlsOptions {
  return { key: entry.keyPem, cert: [entry, ...chain].map(({ pem }) => pem).join(''), ...options };
}

/** A server that does with each connection what it is told, in clear text. */
export function serveText(talk: (socket: Socket) => void): Promise<Listening> {
  return listen(createServer(talk));
}

/** A mail server that answers EHLO and STARTTLS, in bits, and then speaks TLS; without an entry it knows no STARTTLS. */
export function serveSmtp(entry: Issued | undefined): Promise<Listening> {
  return serveText((socket) => {
    socket.write('220-mail.example greets you\r\n220');
    socket.write(' mail.example ESMTP\r\n');
    socket.on('data', (bytes) => {
      const line = bytes.toString();
      if (line.startsWith('EHLO')) socket.write('250-mail.example\r\n250 STARTTLS\r\n');
      else if (line.startsWith('STARTTLS') && !entry) socket.write('502 not known\r\n');
      else if (line.startsWith('STARTTLS')) socket.write('220 go ahead\r\n', () => secure(socket, entry));
    });
  });
}

/** A PostgreSQL server as far as its answer to SSLRequest. */
export function servePostgresql(entry: Issued | undefined): Promise<Listening> {
  return serveText((socket) => {
    socket.once('data', (bytes) => {
      const asksForTls = bytes.length === 8 && bytes.readUInt32BE(4) === 80_877_103;
      if (asksForTls && entry) socket.write('S', () => secure(socket, entry));
      else socket.write('N');
    });
  });
}

function secure(socket: Socket, entry: Issued | undefined): void {
  if (!entry) return;
  socket.removeAllListeners('data');
  new TLSSocket(socket, { isServer: true, ...credentials(entry, []) }).on('error', () => undefined);
}
