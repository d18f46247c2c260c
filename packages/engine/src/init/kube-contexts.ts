import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const mostBytes = 4 * 1024 * 1024;

/** Names of the contexts in a kubeconfig. Nothing else of it is looked at: it holds credentials. Pure. */
export function readContextNames(text: string): string[] {
  const contexts = readContexts(text);
  const names = contexts.flatMap((each) =>
    typeof each === 'object' && each !== null && 'name' in each && typeof each.name === 'string' ? [each.name] : [],
  );
  return [...new Set(names)].sort();
}

function readContexts(text: string): readonly unknown[] {
  if (text.length > mostBytes) return [];
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    const parsed =
      document.errors.length > 0 ? null : (document.toJS({ maxAliasCount: 0 }) as { contexts?: unknown } | null);
    return Array.isArray(parsed?.contexts) ? parsed.contexts : [];
  } catch {
    // Aliases are refused: no kubeconfig has any, and an alias bomb has many. There is nothing to suggest.
    return [];
  }
}

/** Contexts of the kubeconfig the environment names: KUBECONFIG (several, as kubectl reads them), else ~/.kube/config. */
export async function findKubeContexts(variable: (name: string) => string | undefined): Promise<string[]> {
  const home = variable('HOME') ?? variable('USERPROFILE');
  const separator = process.platform === 'win32' ? ';' : ':';
  const files =
    variable('KUBECONFIG')?.split(separator).filter(Boolean) ?? (home ? [join(home, '.kube', 'config')] : []);
  const found = await Promise.all(files.map((file) => readFile(file, 'utf8').then(readContextNames, () => [])));
  return [...new Set(found.flat())].sort();
}
