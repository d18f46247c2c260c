import type { Duplex } from 'node:stream';
import type { Client } from 'pg';

interface Listening {
  attachListeners(stream: Pick<Duplex, 'on'>): void;
}

/**
 * pg parses inside the event that brings the bytes, where an exception ends the process: a row description with a
 * negative number of fields does. Here an answer that cannot be parsed ends the connection, as a broken line would.
 */
export function guardParsing(client: Client): void {
  // Not in the types of pg; without it there is nothing to guard, and the tests say so.
  const { connection } = client as unknown as { readonly connection: Listening };
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => attach(guardListeners(stream as Duplex));
}

function guardListeners(stream: Duplex): Pick<Duplex, 'on'> {
  const on = (event: string, listener: (...parts: unknown[]) => void) =>
    stream.on(event, (...parts: unknown[]) => {
      try {
        listener(...parts);
      } catch {
        // The parser's own words quote what it read.
        stream.destroy(new Error('the answer cannot be parsed'));
      }
    });
  return { on } as Pick<Duplex, 'on'>;
}
