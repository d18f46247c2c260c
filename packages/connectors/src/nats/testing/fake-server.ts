import { createServer, type Socket } from 'node:net';

/** What requests to a subject get: JSON, or a protocol error such as `'Authorization Violation'`. */
export type Answers = Readonly<Record<string, unknown>>;

export interface FakeServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A NATS server on loopback that knows one kind of thing: answering requests from a table. */
export function startFakeServer(answers: Answers, expected: { readonly pass?: string } = {}): Promise<FakeServer> {
  return startTcpServer((socket) => {
    const info = {
      server_id: 'FAKE',
      version: '2.9.10',
      proto: 1,
      headers: true,
      max_payload: 1_048_576,
      auth_required: true,
    };
    socket.write(`INFO ${JSON.stringify(info)}\r\n`);
    let inbox = '';
    const handlers: Readonly<Record<string, (args: readonly string[], line: string) => string>> = {
      CONNECT: (_, line) => (line.includes(expected.pass ?? '') ? '' : "-ERR 'Authorization Violation'\r\n"),
      PING: () => 'PONG\r\n',
      SUB(args) {
        inbox = args.at(-1) ?? '';
        return '';
      },
      PUB: (args) => answerTo(args, inbox, answers),
    };
    let waiting = '';
    socket.on('data', (bytes) => {
      waiting += bytes.toString('latin1');
      for (let command = takeCommand(waiting); command; command = takeCommand(waiting)) {
        waiting = waiting.slice(command.length);
        const [word = '', ...args] = command.words;
        const answer = handlers[word]?.(args, command.line) ?? '';
        if (answer.includes('Authorization')) socket.end(answer);
        else if (answer !== '') socket.write(answer);
      }
    });
  });
}

export function startTcpServer(serve: (socket: Socket) => void): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      resolve({
        url: `nats://127.0.0.1:${port}`,
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

/** `PUB subject reply size`: the reply goes to the requester's inbox. */
function answerTo([subject = '', reply = '']: readonly string[], inbox: string, answers: Answers): string {
  const answer = answers[subject.replace('$JS.API.', '')];
  if (answer === undefined) {
    const headers = 'NATS/1.0 503\r\n\r\n';
    return `HMSG ${reply} ${inbox} ${headers.length} ${headers.length}\r\n${headers}\r\n`;
  }
  if (answer === 'denied') return `-ERR 'Permissions Violation for Publish to "${subject}"'\r\n`;
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return `MSG ${reply} ${inbox} ${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

/** The first whole command of a text, its payload taken along. */
function takeCommand(text: string) {
  const end = text.indexOf('\r\n');
  if (end === -1) return undefined;
  const line = text.slice(0, end);
  const words = line.split(' ');
  const payload = words[0] === 'PUB' ? Number(words.at(-1)) + 2 : 0;
  const length = end + 2 + payload;
  return text.length < length ? undefined : { line, words, length };
}
