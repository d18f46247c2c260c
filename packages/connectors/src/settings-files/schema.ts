import { parseKeyPattern } from '@leeway/connector-kit/key-pattern.ts';
import { formats } from '@leeway/formats';
import { z } from 'zod';
import { settingsKindNames } from './kinds.ts';

const globs = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);
const pattern = z.string().regex(/^\//, 'write a path such as /server/port; * is any one key, ** any number');
const patterns = z.union([pattern.transform((one) => [one]), z.array(pattern)]).default([]);

/** What stands under `declared:` or `observed:` of a source that reads settings files. */
export const settingsFilesSettings = z.strictObject({
  files: globs.describe('Globs of YAML, JSON, TOML, INI, .properties and .env files'),
  kind: z.enum(settingsKindNames).default('settings.application').describe('What they configure: decides the layer'),
  key: z
    .string()
    .refine((text) => parseKeyPattern(text) !== undefined, 'write a path with <parts> in angle brackets')
    .optional()
    .describe('How a path becomes a key: config/*/<app>.* gives "wms" for config/prod/wms.yaml'),
  name: z.string().min(1).optional().describe('Key of the file, where there is only one'),
  granularity: z.enum(['file', 'entry']).default('file').describe('One resource a file, or one for each value in it'),
  format: z.enum(formats).optional().describe('Format of all files, where their names do not tell'),
  separator: z
    .string()
    .min(1)
    .max(4)
    .optional()
    .describe('Splits flat keys into a tree: "." by default in .properties, else not at all; "__" for ASP.NET'),
  yaml: z.enum(['1.1', '1.2']).default('1.2').describe('1.1 where yes, no, on and off are booleans'),
  identity: z
    .record(pattern, z.array(z.string().min(1)).min(1))
    .default({})
    .describe('Fields that identify the items of a list: {"/partners": ["id"]}'),
  unordered: patterns.describe('Lists whose order says nothing'),
  ignore: patterns.describe('Values that are not read at all'),
  secrets: patterns.describe('Secret values, beside those with telling names'),
  limit: z
    .number()
    .int()
    .positive()
    .default(16 * 1024 * 1024)
    .describe('Bytes a file may have'),
});

export type SettingsFilesSettings = z.infer<typeof settingsFilesSettings>;
