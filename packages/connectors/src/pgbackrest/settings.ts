import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What stands under `declared:` or `observed:` of a source with pgBackRest. */
export const PgbackrestSettings = z
  .strictObject({
    files: Texts.optional().describe('Outputs of `pgbackrest info --output=json`. Paths or globs.'),
    configuration: Texts.optional().describe('Configuration files (pgbackrest.conf). Paths or globs.'),
    run: z.boolean().default(false).describe('Whether pgBackRest itself is asked, on this machine.'),
    program: z.string().min(1).default('pgbackrest').describe('The pgBackRest program.'),
    programConfiguration: z
      .string()
      .regex(/^\//, 'an absolute path')
      .optional()
      .describe('Path of the configuration that pgBackRest itself reads; its own default when left out.'),
  })
  .refine(({ files, configuration, run }) => run || files !== undefined || configuration !== undefined, {
    error: 'Give "files", "configuration" or "run: true"',
  })
  .refine(({ files, run }) => !(run && files !== undefined), { error: 'Give either "files" or "run: true"' });
export type PgbackrestSettings = z.infer<typeof PgbackrestSettings>;
