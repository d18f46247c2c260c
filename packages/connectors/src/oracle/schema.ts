import { z } from 'zod';
import { catalogSettings } from '../shared/catalog/settings.ts';

/** Oracle's driver takes authorities from a wallet, not from a file of ours. */
const { tlsAuthority: _, ...settings } = catalogSettings;

/** Settings of one plane: how to reach an Oracle database, and which schemas to read. */
export const OracleSettings = z.strictObject({
  ...settings,
  schemas: z.array(z.string().min(1)).min(1).max(50).describe('Schemas to look at, as the dictionary spells them: WMS'),
});
export type OracleSettings = z.infer<typeof OracleSettings>;
