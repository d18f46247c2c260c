import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What of a folder tree tells what an estate might read. Paths use `/`, relative to the folder; sorted. */
export interface Discovery {
  readonly terraformStates: readonly string[];
  readonly terraformPlans: readonly string[];
  /** Folders with .tf files but no state beside them. */
  readonly terraformFolders: readonly string[];
  readonly manifests: readonly string[];
  readonly kustomizations: readonly string[];
  readonly composeFiles: readonly string[];
  readonly ruleFiles: readonly string[];
  readonly certificates: readonly string[];
  readonly settingsFiles: readonly string[];
  readonly migrationFolders: readonly string[];
  /** Names of contexts of the kubeconfig. */
  readonly kubeContexts: readonly string[];
  readonly databases: readonly FoundDatabase[];
  /** True when the tree was larger than what is looked at. */
  readonly truncated: boolean;
}

/** A database an environment variable names. The password stays where it is. */
export interface FoundDatabase {
  readonly variable: string;
  /** URL without password, query and fragment. */
  readonly url: string;
  /** Whether the variable holds a password too. */
  readonly hasPassword: boolean;
}

/** A file as classifying sees it: its path, and its beginning where the name alone does not tell. */
export interface FoundFile {
  readonly path: string;
  readonly head: string;
}

const mostFiles = 20_000;
const deepest = 8;
const headBytes = 2_048;
/** Folders that hold other people's files, caches or Leeway's own. */
const passedOver = /^(?:\.|node_modules$|vendor$|dist$|build$|target$|__pycache__$|venv$)/;
const looksInside = /\.(?:ya?ml|json|pem|crt|cer)$/i;

/** Lists the files below a folder, without following links, up to 20,000 of them, with the beginnings classifying needs. */
export async function listFiles(
  directory: string,
): Promise<{ readonly files: readonly FoundFile[]; readonly truncated: boolean }> {
  const files: FoundFile[] = [];
  const waiting = [{ folder: '', depth: 0 }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { folder, depth } = next;
    if (files.length >= mostFiles || depth > deepest) return { files, truncated: true };
    const entries = await readFolder(join(directory, folder));
    const pathOf = ({ name }: Dirent) => (folder ? `${folder}/${name}` : name);
    for (const path of entries.filter((entry) => entry.isFile()).map(pathOf)) {
      files.push({ path, head: await headOf(directory, path) });
    }
    const folders = entries.filter((entry) => entry.isDirectory() && !passedOver.test(entry.name));
    waiting.push(...folders.map((entry) => ({ folder: pathOf(entry), depth: depth + 1 })));
  }
  return { files, truncated: false };
}

function headOf(directory: string, path: string): Promise<string> {
  return looksInside.test(path) ? readHead(join(directory, path)) : Promise.resolve('');
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be listed has nothing to suggest.
    return [];
  }
}

async function readHead(path: string): Promise<string> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}

type FileClass = keyof Pick<
  Discovery,
  | 'terraformStates'
  | 'terraformPlans'
  | 'terraformFolders'
  | 'manifests'
  | 'kustomizations'
  | 'composeFiles'
  | 'ruleFiles'
  | 'certificates'
  | 'settingsFiles'
  | 'migrationFolders'
>;

interface Classifier {
  readonly as: FileClass;
  readonly name: RegExp;
  readonly head?: RegExp;
  /** Suggests the file's folder rather than the file. */
  readonly folder?: boolean;
}

/** First match counts. Names first, then what the beginning says. */
const classifiers: readonly Classifier[] = [
  { as: 'terraformStates', name: /\.tfstate$/ },
  { as: 'terraformStates', name: /\.json$/, head: /"format_version"[\s\S]*"terraform_version"[\s\S]*"values"/ },
  { as: 'terraformPlans', name: /\.json$/, head: /"format_version"[\s\S]*"(?:planned_values|resource_changes)"/ },
  { as: 'terraformFolders', name: /\.tf$/, folder: true },
  { as: 'composeFiles', name: /(?:^|\/)(?:docker-)?compose(?:[.-][\w-]+)*\.ya?ml$/ },
  { as: 'kustomizations', name: /(?:^|\/)kustomization\.ya?ml$/, folder: true },
  { as: 'ruleFiles', name: /\.ya?ml$/, head: /^groups:[\s\S]*\brules:/m },
  {
    as: 'manifests',
    name: /\.(?:ya?ml|json)$/,
    head: /^\s*"?apiVersion"?:[\s\S]*^\s*"?kind"?:|^\s*"?kind"?:[\s\S]*^\s*"?apiVersion"?:/m,
  },
  { as: 'certificates', name: /\.(?:pem|crt|cer)$/i, head: /-----BEGIN CERTIFICATE-----/ },
  { as: 'certificates', name: /\.(?:p12|pfx|der)$/i },
  {
    as: 'migrationFolders',
    name: /(?:^|\/)(?:migrations?|db\/migrate|flyway|liquibase)\/(?:[^/]+\/)*[^/]+\.sql$/i,
    folder: true,
  },
  { as: 'migrationFolders', name: /(?:^|\/)V\d[\w.]*__[^/]+\.sql$/, folder: true },
  { as: 'settingsFiles', name: /(?:^|\/)\.env(?:\.(?!example$|sample$|template$)[\w-]+)?$/ },
  { as: 'settingsFiles', name: /\.(?:properties|ini|env)$/ },
  {
    as: 'settingsFiles',
    name: /(?:^|\/)(?:config|conf|settings|application|appsettings)(?:[/.][\w./-]*)?\.(?:ya?ml|json|toml|conf)$/i,
  },
];

/** Sorts files by what they are; a file that is nothing known is left out. Pure. */
export function classifyFiles(files: readonly FoundFile[]): Pick<Discovery, FileClass> {
  const found = Object.fromEntries(classifiers.map(({ as }) => [as, new Set<string>()])) as Record<
    FileClass,
    Set<string>
  >;
  for (const { path, head } of files) {
    const match = classifiers.find((each) => each.name.test(path) && (each.head?.test(head) ?? true));
    if (match) found[match.as].add(match.folder ? path.split('/').slice(0, -1).join('/') || '.' : path);
  }
  // A Kustomize folder is built as a whole: its parts are not read a second time.
  const built = [...found.kustomizations];
  const manifests = [...found.manifests].filter(
    (path) => !built.some((folder) => folder === '.' || path.startsWith(`${folder}/`)),
  );
  const lists = Object.fromEntries(Object.entries(found).map(([name, paths]) => [name, [...paths].sort()])) as Record<
    FileClass,
    string[]
  >;
  return { ...lists, manifests: manifests.sort() };
}

/** Environment variables that hold the URL of a PostgreSQL. The URL is given back without what is secret in it. Pure. */
export function findDatabases(environment: Readonly<Record<string, string | undefined>>): FoundDatabase[] {
  return Object.entries(environment)
    .flatMap(([variable, value]) => {
      if (variable.startsWith('LEEWAY_') || !value || !/^postgres(?:ql)?:\/\//.test(value) || !URL.canParse(value))
        return [];
      const url = new URL(value);
      const hasPassword = url.password !== '' || url.searchParams.has('password');
      url.password = '';
      url.search = '';
      url.hash = '';
      return [{ variable, url: url.href, hasPassword }];
    })
    .sort((a, b) => (a.variable < b.variable ? -1 : 1));
}
