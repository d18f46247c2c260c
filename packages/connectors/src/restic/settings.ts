import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What stands under `observed:` of a source with a restic repository. */
export const ResticSettings = z
  .strictObject({
    files: Texts.optional().describe('Listings (`restic snapshots --json`), paths or globs.'),
    repository: z
      .string()
      .min(1)
      .refine((text) => !/:\/\/[^/\s]*:[^/\s]*@/.test(text) && !text.startsWith('-'), {
        error: 'Name credentials with "variables", not in the address',
      })
      .optional()
      .describe('Address of the repository, as restic takes it.'),
    name: z.string().min(1).default('repository').describe('What the repository is called in every environment.'),
    passwordFrom: z.string().min(1).optional().describe('Environment variable with the password of the repository.'),
    variables: z
      .array(z.string().regex(/^[A-Z_][A-Z\d_]*$/))
      .default([])
      .describe('Environment variables that restic gets: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY …'),
    program: z.string().min(1).default('restic').describe('The restic program.'),
    check: z.boolean().default(false).describe('Whether "restic check" is run: it reads all of the index.'),
  })
  .refine((settings) => (settings.files === undefined) !== (settings.repository === undefined), {
    error: 'Give either "files" or "repository"',
  })
  .refine(({ repository, passwordFrom }) => repository === undefined || passwordFrom !== undefined, {
    error: 'A "repository" needs "passwordFrom"',
  });
export type ResticSettings = z.infer<typeof ResticSettings>;
