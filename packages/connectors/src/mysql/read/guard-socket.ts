import type { Socket } from 'node:net';

/**
 * mysql2 parses inside the event that brings the bytes, where an exception ends the process. Here an answer that cannot be
 * parsed ends the connection, as a broken line would, and so does one without end.
 */
export function guardSocket(socket: Socket, tooLarge: () => Error, limitBytes: number): void {
  const on = socket.on.bind(socket);
  const guarded = (event: string, listener: (...parts: unknown[]) => void) => {
    if (event !== 'data') return on(event, listener);
    return on(event, (...parts: unknown[]) => {
      if (socket.bytesRead > limitBytes) return void socket.destroy(tooLarge());
      try {
        listener(...parts);
      } catch {
        // The parser's own words quote what it read.
        socket.destroy(new Error('the answer cannot be parsed'));
      }
    });
  };
  socket.on = guarded as typeof socket.on;
}
