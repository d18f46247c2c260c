import type { Socket } from 'node:net';
import type { Target } from '../session.ts';

/** Ends a connection whose server says nothing; to be switched off with `setTimeout(0)` once it has greeted. */
export function endWhenSilent(socket: Socket, { statementSeconds }: Target): void {
  const silent = Object.assign(new Error('the server says nothing'), { code: 'ETIMEDOUT' });
  socket.setTimeout(Math.min(statementSeconds, 30) * 1000, () => socket.destroy(silent));
}
