import { sql } from 'kysely';
import type { Listen, Signal, Signals } from '../signals/signals.ts';
import type { Db } from '../sql/database.ts';

const channel = 'leeway';

/** Signals by NOTIFY and LISTEN. */
export function postgresSignals(db: Db, listen: Listen): Signals {
  return {
    async publish(signal, trx) {
      await sql`SELECT pg_notify(${channel}, ${JSON.stringify(signal)})`.execute(trx ?? db);
    },
    subscribe: (receive) =>
      listen(
        channel,
        (text) => receive(JSON.parse(text) as Signal),
        () => receive('missed'),
      ),
  };
}
