import type { JsonObject } from '@leeway/core';
import { z } from 'zod';
import { hostingSettings, repositorySettings } from '../estate/settings.ts';
import { hooksSettings } from '../hooks/settings.ts';
import { noSignInSettings, signInSettings } from '../identity/settings.ts';
import { schedulesSettings } from '../jobs/settings.ts';
import { notificationSettings } from '../notify/settings.ts';

/** server.yaml, beside leeway.yaml: what the server does by itself, and who it talks to. */
export const serverSettingsFile = z.strictObject({
  signIn: signInSettings.default(noSignInSettings),
  schedules: schedulesSettings.default({}),
  hooks: hooksSettings.default({}),
  notifications: notificationSettings.default({ channels: {}, routes: [] }),
  repository: repositorySettings.default({ merge: false }),
  hosting: hostingSettings.optional(),
});
export type ServerSettings = z.output<typeof serverSettingsFile>;

let described: JsonObject | undefined;

/** The same as JSON Schema 2020-12: what editors complete from, and what messages take their words from. */
export function describeServerSettings(): JsonObject {
  described ??= z.toJSONSchema(serverSettingsFile, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
  }) as JsonObject;
  return described;
}

/** The schema file that ships beside the estate's. */
export function serverSchemaFile(): string {
  return `${JSON.stringify({ ...describeServerSettings(), title: 'server.yaml' }, null, 2)}\n`;
}
