import type { Socket } from 'node:net';
import type { StartTlsProtocol } from './schema.ts';

/** Why a server would not switch to TLS. */
export class StartTlsRefused extends Error {}

/** A greeting longer than this is no greeting. */
const maximumAnswer = 64 * 1024;

/** The talk in clear text before TLS, for each protocol. It ends when the server has agreed. */
export const startTlsTalks: Readonly<Record<StartTlsProtocol, (socket: Socket) => Promise<void>>> = {
  smtp: upgradeSmtp,
  postgresql: upgradePostgresql,
};

/** RFC 3207: greeting, EHLO, STARTTLS, each answered by lines of which the last has a space after its code. */
async function upgradeSmtp(socket: Socket): Promise<void> {
  const isWhole = (answer: string) => /^\d{3}(?: [^\n]*)?\r?\n$/m.test(answer) && answer.endsWith('\n');
  await expectCode(socket, isWhole, '220');
  socket.write('EHLO leeway.invalid\r\n');
  await expectCode(socket, isWhole, '250');
  socket.write('STARTTLS\r\n');
  await expectCode(socket, isWhole, '220');
}

async function expectCode(socket: Socket, isWhole: (answer: string) => boolean, code: string): Promise<void> {
  const answer = await readAnswer(socket, isWhole);
  if (!answer.startsWith(code)) throw new StartTlsRefused();
}

/** PostgreSQL's SSLRequest: eight bytes, answered by `S` or `N` (protocol documentation, 54.2.10). */
async function upgradePostgresql(socket: Socket): Promise<void> {
  socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
  const answer = await readAnswer(socket, (text) => text.length > 0);
  if (answer !== 'S') throw new StartTlsRefused();
}

function readAnswer(socket: Socket, isWhole: (answer: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
      finish();
    };
    const onData = (bytes: Buffer) => {
      answer += bytes.toString('latin1');
      if (isWhole(answer)) settle(() => resolve(answer));
      else if (answer.length > maximumAnswer) settle(() => reject(new StartTlsRefused()));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new StartTlsRefused()));
    socket.on('data', onData).on('error', onError).on('close', onClose).resume();
  });
}
