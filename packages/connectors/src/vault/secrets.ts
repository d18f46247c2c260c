import { failed, problem, type Result } from '@leeway/core';
import { encodePath, type VaultClient } from './client.ts';
import { Metadata } from './schema.ts';

/** Deeper folders than these mean no good. */
const deepest = 32;

/** Metadata of every secret below a mount, folder by folder: values are never asked for. */
export async function* readSecrets(
  client: VaultClient,
  mount: string,
): AsyncIterable<{ readonly key: string; readonly found: Result<Metadata | undefined> }> {
  const waiting = [''];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const keys = await client.list(encodePath(`${mount}metadata/${folder}`));
    if (!keys.ok) yield { key: mount + folder, found: keys };
    for (const name of keys.ok ? keys.value : []) {
      const path = folder + name;
      if (path.split('/').length > deepest) {
        const reason = `its folders are more than ${deepest} deep`;
        yield { key: mount, found: failed(problem('LW3006', { system: 'Vault', what: mount, reason })) };
      } else if (name.endsWith('/')) waiting.push(path);
      else yield { key: mount + path, found: await client.read(encodePath(`${mount}metadata/${path}`), Metadata) };
    }
  }
}
