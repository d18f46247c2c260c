import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { OtherProtocol, type Probe, readUntil, untilEvent, withSocket } from './probe.ts';
import { describeTls } from './probe-tls.ts';

/** Greets as a mail server would and leaves (RFC 5321); nothing is sent. */
export const probeSmtp: Probe = async (endpoint, around) => {
  const secure = endpoint.scheme === 'smtps';
  const talked = await withSocket(endpoint, around, async (socket) => {
    if (!secure) return greet(socket);
    const wrapped = connectTls({ socket, rejectUnauthorized: false });
    await untilEvent(wrapped, 'secureConnect');
    return greet(wrapped);
  });
  const starttls = talked.extensions.has('STARTTLS');
  const tls = secure || starttls ? await describeTls(endpoint, around, secure ? undefined : 'smtp') : undefined;
  const { AUTH: authentication = '', ...extensions } = Object.fromEntries(talked.extensions);
  return {
    banner: talked.banner,
    ...(!secure && { starttls }),
    authentication: authentication.split(' ').filter(Boolean).sort(),
    extensions,
    ...(tls && { tls }),
  };
};

async function greet(
  socket: Socket,
): Promise<{ readonly banner: string; readonly extensions: ReadonlyMap<string, string> }> {
  const greeting = await readReply(socket, '220');
  socket.write('EHLO leeway.invalid\r\n');
  const [, ...lines] = await readReply(socket, '250');
  socket.write('QUIT\r\n');
  const extensions = lines.map((line) => {
    const [word = '', ...parameters] = line.split(' ');
    return [word.toUpperCase(), parameters.join(' ')] as const;
  });
  return { banner: greeting[0] ?? '', extensions: new Map(extensions) };
}

/** Lines of a reply without their code: the last one has a space after it. */
async function readReply(socket: Socket, code: string): Promise<readonly string[]> {
  const isWhole = (bytes: Buffer) => /^\d{3}(?: [^\n]*)?\r?\n$/m.test(bytes.toString('latin1')) && bytes.at(-1) === 10;
  const text = (await readUntil(socket, (bytes) => isWhole(bytes) || !/^\d/.test(bytes.toString('latin1')))).toString(
    'utf8',
  );
  if (!text.startsWith(code)) throw new OtherProtocol();
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.slice(4));
}
