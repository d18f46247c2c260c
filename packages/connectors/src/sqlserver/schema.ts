import { z } from 'zod';
import { catalogSettings } from '../shared/catalog/settings.ts';

/** Settings of one plane: how to reach a database of SQL Server, and what of it to read. */
export const SqlServerSettings = z.strictObject({
  ...catalogSettings,
  schemas: z.array(z.string().min(1)).min(1).optional().describe('Schemas to look at; all when absent'),
});
export type SqlServerSettings = z.infer<typeof SqlServerSettings>;
