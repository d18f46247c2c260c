import { createServer, type Socket } from 'node:net';
import type { Reply } from '../connect.ts';

/** What a server answers to commands, joined by spaces; a text that begins with `-` is an error. */
export type Answers = Readonly<Record<string, Reply>>;

/** A server on loopback that answers in RESP version 2 from a table; commands it does not know are unknown to it. */
export async function startFakeServer(
  answers: Answers,
): Promise<{ readonly url: string; readonly asked: string[]; stop(): Promise<void> }> {
  return startTcpServer((socket, asked) => {
    let waiting = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (let taken = takeCommand(waiting); taken; taken = takeCommand(waiting)) {
        waiting = waiting.subarray(taken.length);
        const command = taken.words.join(' ');
        asked.push(command);
        socket.write(encode(answers[command] ?? `-ERR unknown command '${taken.words[0]}'`));
      }
    });
  });
}

/** A server on loopback that does with connections what it is told. */
export function startTcpServer(
  serve: (socket: Socket, asked: string[]) => void,
): Promise<{ readonly url: string; readonly asked: string[]; stop(): Promise<void> }> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, asked);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      resolve({
        url: `redis://127.0.0.1:${port}`,
        asked,
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

/** The first whole command of a buffer: an array of bulk strings. */
function takeCommand(buffer: Buffer): { readonly words: readonly string[]; readonly length: number } | undefined {
  const text = buffer.toString('latin1');
  const [head, count] = /^\*(\d+)\r\n/.exec(text) ?? [];
  if (head === undefined) return undefined;
  const words: string[] = [];
  let at = head.length;
  for (let left = Number(count); left > 0; left -= 1) {
    const [lead, size] = /^\$(\d+)\r\n/.exec(text.slice(at)) ?? [];
    if (lead === undefined || text.length < at + lead.length + Number(size) + 2) return undefined;
    words.push(buffer.toString('utf8', at + lead.length, at + lead.length + Number(size)));
    at += lead.length + Number(size) + 2;
  }
  return { words, length: at };
}

function encode(reply: Reply): string {
  return typeof reply === 'string' && reply.startsWith('-') ? `${reply}\r\n` : encodeValue(reply);
}

function encodeValue(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply !== 'string') return `*${reply.length}\r\n${reply.map(encodeValue).join('')}`;
  return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
}
