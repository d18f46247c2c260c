/**
 * Where the files beside the code are. From source they stand in this package; in the published bundle the build puts
 * the worker (`policy.worker.js`) and the packs (`packs/*.yaml`) next to the file this code was bundled into.
 */
const isSource = import.meta.url.endsWith('.ts');

/** The worker's entry file. */
export function workerLocation(): URL {
  return new URL(isSource ? './run/policy.worker.ts' : './policy.worker.js', import.meta.url);
}

/** Folder of the built-in packs, with a slash at its end. */
export function packsLocation(): URL {
  return new URL(isSource ? '../packs/' : './packs/', import.meta.url);
}
