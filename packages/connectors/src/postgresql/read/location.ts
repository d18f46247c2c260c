/**
 * Where the files beside the code are. From source they stand in this folder; in the published bundle the build puts the
 * worker (`postgresql.worker.js`) and the template next to the file this code was bundled into.
 */
export const isSource = import.meta.url.endsWith('.ts');

/** Entry file of the thread the in-process database runs in. */
export function workerLocation(): URL {
  return new URL(isSource ? './postgresql.worker.ts' : './postgresql.worker.js', import.meta.url);
}

/** Folder that a template of an empty database is shipped in, or cached in when running from source. */
export function templateFolder(): URL {
  return new URL(isSource ? '../../../../../node_modules/.cache/leeway/' : './', import.meta.url);
}
