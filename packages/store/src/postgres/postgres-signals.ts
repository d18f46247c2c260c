import { sql } from 'kysely';
import type { Listen, Received, Signal, Signals, Subscription } from '../signals/signals.ts';
import type { Db } from '../sql/database.ts';

const channel = 'leeway';

/** Signals by NOTIFY and LISTEN: one listening connection, whatever the number of those who want to hear. */
export function postgresSignals(db: Db, listen: Listen): Signals {
  const receivers = new Set<(received: Received) => void>();
  const tell = (received: Received) => {
    for (const receive of receivers) receive(received);
  };
  let listening: Promise<Subscription> | undefined;
  const begin = () =>
    listen(
      channel,
      (text) => tell(JSON.parse(text) as Signal),
      () => tell('missed'),
    );
  return {
    async publish(signal, trx) {
      await sql`SELECT pg_notify(${channel}, ${JSON.stringify(signal)})`.execute(trx ?? db);
    },
    async subscribe(receive) {
      receivers.add(receive);
      listening ??= begin();
      try {
        await listening;
      } catch (error) {
        receivers.delete(receive);
        listening = undefined;
        throw error;
      }
      return {
        async close() {
          receivers.delete(receive);
          if (receivers.size > 0) return;
          const idle = listening;
          listening = undefined;
          await (await idle)?.close();
        },
      };
    },
  };
}
