import { checkChain } from '@leeway/store';
import type { auditContracts } from '../contract/audit.ts';
import type { HandlersOf } from '../http/call.ts';
import { decodeCursor, encodeCursor } from '../http/sequence-cursor.ts';

type Audit = Pick<typeof auditContracts, 'listAudit' | 'exportAudit' | 'verifyAudit'>;

export const auditHandlers: HandlersOf<Audit> = {
  async listAudit({ query }, { store, estate }) {
    const { cursor, limit, ...filter } = query;
    const before = decodeCursor(cursor, 'audit');
    const found = await store.audit.list(estate.current().estate.name, filter, before, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ estate: _estate, previous: _previous, ...entry }) => ({
        ...entry,
        detail: { ...entry.detail },
      })),
      ...(found.length > limit && last && { next: encodeCursor('audit', last.seq) }),
    };
  },

  async exportAudit({ query }, { store, estate }) {
    return linesOf(store.audit.read(estate.current().estate.name, query));
  },

  async verifyAudit({ query }, { store, estate }) {
    const check = await checkChain(store.audit.read(estate.current().estate.name), { head: query.head });
    return { ...check, broken: check.broken && { ...check.broken } };
  },
};

async function* linesOf(entries: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
