import { checkChain } from '@leeway/store';
import type { auditContracts } from '../contract/audit.ts';
import { evidenceReport } from '../evidence/report.ts';
import type { HandlersOf } from '../http/call.ts';
import { decodeCursor, encodeCursor } from '../http/sequence-cursor.ts';

export const auditHandlers: HandlersOf<typeof auditContracts> = {
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

  async exportEvidence({ query, principal, reply }, context) {
    const report = await evidenceReport(context, principal, query.environment);
    reply
      .header('content-type', `${contentTypes[query.format]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="evidence-${report.at.slice(0, 10)}.${query.format}"`);
    return piecesOf(context.renderEvidence(report, query.format));
  },
};

const contentTypes = { json: 'application/json', csv: 'text/csv', html: 'text/html' } as const;

async function* piecesOf(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

async function* linesOf(entries: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
