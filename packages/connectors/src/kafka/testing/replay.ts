import { createHash } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a broker answered, by request: both without lengths and correlation ids, answers in base64. */
export interface KafkaRecording {
  readonly about: string;
  readonly answers: Readonly<Record<string, string>>;
}

export interface Running {
  readonly address: string;
  stop(): Promise<void>;
}

/** Stands in recordings for the port of the broker, which tells clients where it is. */
const placeholder = 65_535;
/** API keys of the protocol whose requests hold credentials or nothing of interest: told apart by their key alone. */
const byKeyAlone = new Set([36]);

/** Answers requests from a recording; a request it does not hold is not answered, and is remembered. */
export async function startReplay({ answers }: KafkaRecording): Promise<Running & { readonly unexpected: string[] }> {
  const unexpected: string[] = [];
  const server = await startServer((socket, port) => {
    onFrames(socket, (frame) => {
      const name = nameRequest(frame);
      const answer = answers[name];
      if (answer === undefined) unexpected.push(name);
      else socket.write(toFrame(frame.subarray(4, 8), movePort(Buffer.from(answer, 'base64'), placeholder, port)));
    });
  });
  return { ...server, unexpected };
}

/** Passes everything on to a broker on loopback and keeps what it answered; `scrub` keeps the length of texts. */
export async function startRecorder(
  brokerPort: number,
  scrub: (text: string) => string,
): Promise<Running & { recording(about: string): KafkaRecording }> {
  const answers: Record<string, string> = {};
  const server = await startServer((socket, port) => {
    const broker = connect(brokerPort, '127.0.0.1');
    const names: string[] = [];
    broker.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => broker.destroy());
    onFrames(socket, (frame) => {
      names.push(nameRequest(frame));
      broker.write(withLength(frame));
    });
    onFrames(broker, (frame) => {
      const body = Buffer.from(
        scrub(movePort(frame.subarray(4), brokerPort, placeholder).toString('latin1')),
        'latin1',
      );
      answers[names.shift() ?? ''] = body.toString('base64');
      socket.write(toFrame(frame.subarray(0, 4), movePort(frame.subarray(4), brokerPort, port)));
    });
  });
  return { ...server, recording: (about) => ({ about, answers }) };
}

export function startServer(serve: (socket: Socket, port: number) => void): Promise<Running> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const address = server.address();
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, typeof address === 'object' ? (address?.port ?? 0) : 0);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        address: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

/** Messages are their length in four bytes, then themselves. */
function onFrames(socket: Socket, take: (frame: Buffer) => void): void {
  let waiting = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readInt32BE(0)) {
      const length = 4 + waiting.readInt32BE(0);
      take(waiting.subarray(4, length));
      waiting = waiting.subarray(length);
    }
  });
}

/** API key, version, and a digest of the rest of a request: after two numbers of two bytes stands the correlation id. */
function nameRequest(frame: Buffer): string {
  const [key, version] = [frame.readInt16BE(0), frame.readInt16BE(2)];
  const digest = createHash('sha256').update(frame.subarray(8)).digest('hex').slice(0, 12);
  return byKeyAlone.has(key) ? `${key} v${version}` : `${key} v${version} ${digest}`;
}

function toFrame(correlation: Buffer, body: Buffer): Buffer {
  return withLength(Buffer.concat([correlation, body]));
}

function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(message.length);
  return Buffer.concat([length, message]);
}

/** The port wherever it stands after the broker's address. */
function movePort(message: Buffer, from: number, to: number): Buffer {
  const moved = Buffer.from(message);
  const host = Buffer.from('127.0.0.1');
  for (let at = moved.indexOf(host); at !== -1; at = moved.indexOf(host, at + 1)) {
    const portAt = at + host.length;
    if (portAt + 4 <= moved.length && moved.readInt32BE(portAt) === from) moved.writeInt32BE(to, portAt);
  }
  return moved;
}
