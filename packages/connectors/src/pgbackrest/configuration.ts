import type { Seal } from '@leeway/connector-kit';
import { isJsonObject, type Json, type Resource } from '@leeway/core';

/** Options whose values are secret: pgBackRest's configuration reference, options marked secure. */
const secretOption =
  /-(?:cipher-pass|key-secret|token|s3-key|azure-key|gcs-key|passphrase|sftp-private-key-passphrase)$/;

/** Each option of each section; `repo2-retention-full` of `[global:backup]` is `global:backup repo2-retention-full`. */
export function toSettings(document: Json, place: string, seal: Seal): readonly Resource[] {
  if (!isJsonObject(document)) return [];
  return Object.entries(document).flatMap(([section, options]) =>
    Object.entries(isJsonObject(options) ? options : {}).map(([name, value]): Resource => {
      const shown = secretOption.test(name) && typeof value === 'string' ? seal(value) : value;
      return { kind: 'pgbackrest.setting', key: `${section} ${name}`, attributes: { value: shown }, origin: { place } };
    }),
  );
}
