import { z } from 'zod';

/** Statements in order, each with what the server said. */
export const RecordedSql = z.strictObject({
  about: z.string(),
  version: z.string(),
  statements: z.array(
    z.strictObject({
      sql: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string().nullable())),
    }),
  ),
});
export type RecordedSql = z.infer<typeof RecordedSql>;
