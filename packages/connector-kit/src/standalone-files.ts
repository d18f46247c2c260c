import type { StandaloneTarget } from './connector.ts';

/** Which files a target means, and keys that two targets share: `leeway diff a b` compares what has the same key. */
export interface StandaloneFiles {
  readonly files: readonly string[];
  /** Key pattern: paths from the folder the target names, or from the one its files share. */
  readonly key?: string;
  /** Key of the only file. */
  readonly name?: string;
}

/** `inFolder`: globs of the files a connector reads from a folder. Undefined for URLs. */
export function standaloneFiles(
  { paths = [] }: StandaloneTarget,
  inFolder: readonly string[],
): StandaloneFiles | undefined {
  const [first] = paths;
  if (first === undefined) return undefined;
  if (paths.length > 1) return { files: paths, ...keyFrom(commonFolder(paths)) };
  if (/\.[^./]+$/.test(first)) return { files: [first], name: 'file' };
  const folder = first.replace(/^\.$|\/$/g, '');
  return { files: inFolder.map((glob) => (folder === '' ? glob : `${folder}/${glob}`)), ...keyFrom(folder) };
}

/** Brackets and stars mean something in a key pattern: folders named with them keep their whole paths. */
function keyFrom(folder: string): { readonly key?: string } {
  return folder === '' || /[<>*]/.test(folder) ? {} : { key: `${folder}/<path**>` };
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  const length = first.findIndex((name, index) => folders.some((folder) => folder[index] !== name));
  return first.slice(0, length === -1 ? first.length : length).join('/');
}
