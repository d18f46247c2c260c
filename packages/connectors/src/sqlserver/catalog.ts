import { problem } from '@leeway/core';
import { findHistories, historyTools } from '../shared/catalog/histories.ts';
import type { CatalogProduct } from '../shared/catalog/read.ts';
import { isYes } from '../shared/catalog/section.ts';
import type { SqlServerSettings } from './schema.ts';
import { grantSection, indexSection, programSection, settingSection, tableSection } from './sections.ts';

const quote = (name: string) => `[${name.replaceAll(']', ']]')}]`;

/**
 * SQL Server leaves out of its catalog what a reader has no right to, and says nothing:
 * learn.microsoft.com/sql/relational-databases/security/metadata-visibility-configuration
 */
const rights = { text: `select has_perms_by_name(db_name(), 'DATABASE', 'VIEW DEFINITION') as definition`, values: [] };

export const sqlServer: CatalogProduct<SqlServerSettings> = {
  port: 1433,
  sections: ({ schemas }) => [
    tableSection(schemas),
    indexSection(schemas),
    programSection(schemas),
    grantSection,
    settingSection,
  ],
  followUp: (found) => findHistories(found, 'sqlserver', quote),
  followUpKinds: historyTools.map((tool) => `sqlserver.migrations.${tool}`),
  tableKind: 'sqlserver.table',
  async hidden(session, system) {
    for await (const rows of session.rows(rights)) {
      if (rows.some((row) => isYes(row, 'definition'))) return undefined;
    }
    const permission = 'VIEW DEFINITION on the database';
    return problem('LW3003', { system, what: 'all of the catalog', permission });
  },
};
