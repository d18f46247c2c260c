import { findHistories, historyTools } from '../shared/catalog/histories.ts';
import type { CatalogProduct } from '../shared/catalog/read.ts';
import type { OracleSettings } from './schema.ts';
import {
  constraintTableSection,
  grantSection,
  indexSection,
  parameterSection,
  sourceSection,
  viewSection,
} from './sections.ts';

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

export const oracle: CatalogProduct<OracleSettings> = {
  port: 1521,
  sections: ({ schemas }) => [
    constraintTableSection(schemas),
    indexSection(schemas),
    viewSection(schemas),
    sourceSection(schemas),
    grantSection(schemas),
    parameterSection,
  ],
  followUp: (found) => findHistories(found, 'oracle', quote),
  followUpKinds: historyTools.map((tool) => `oracle.migrations.${tool}`),
  tableKind: 'oracle.table',
  // The DBA_ views hold all or are denied: nothing is left out in silence.
  hidden: async () => undefined,
};
