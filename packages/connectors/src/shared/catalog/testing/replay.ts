import type { Connector } from '@leeway/connector-kit';
import type { OpenSession, SqlRow } from '../../../sql-table/session.ts';
import { type CatalogProduct, checkCatalog, readCatalog } from '../read.ts';
import type { CatalogSettings } from '../settings.ts';

/** What a query whose text has `about` in it is answered with: rows, or the error the driver throws. */
export interface Answer {
  readonly about: string;
  readonly rows: readonly SqlRow[] | Error;
}

/** Sessions that answer from a list; a query that nothing answers gives no rows. */
export function replaySession(answers: readonly Answer[]): OpenSession {
  return async (_, signal) => ({
    async *rows({ text }) {
      signal.throwIfAborted();
      const found = answers.find(({ about }) => text.includes(about));
      if (found?.rows instanceof Error) throw found.rows;
      if (found && found.rows.length > 0) yield found.rows as readonly SqlRow[];
    },
    close: async () => undefined,
  });
}

/** The connector over such sessions: everything of it but the driver. */
export function replayed<Settings extends CatalogSettings>(
  connector: Connector<Settings>,
  product: CatalogProduct<Settings>,
  answers: readonly Answer[],
): Connector<Settings> {
  const open = replaySession(answers);
  return {
    ...connector,
    check: (settings, context) => checkCatalog(product, settings, context, open),
    read: (settings, context) => readCatalog(product, settings, context, open),
  };
}
