/**
 * Where the files beside the code are. From source they stand in this package; in the published bundle the build puts
 * the worker (`store.worker.js`), `migrations/*.sql` and the template next to the file this code was bundled into.
 */
const isSource = import.meta.url.endsWith('.ts');

/** Entry file of the thread the embedded database runs in. */
export function workerLocation(): URL {
  return new URL(isSource ? './embedded/store.worker.ts' : './store.worker.js', import.meta.url);
}

/** Folder of the migrations, with a slash at its end. */
export function migrationsLocation(): URL {
  return new URL(isSource ? '../migrations/' : './migrations/', import.meta.url);
}

/** Folder a shipped template lies in, with a slash at its end; undefined from source, where there is none. */
export function shippedTemplatesLocation(): URL | undefined {
  return isSource ? undefined : new URL('./', import.meta.url);
}

/** From source, the folder whose `node_modules/.cache` takes what is made once; undefined in the published bundle. */
export function sourceRootLocation(): URL | undefined {
  return isSource ? new URL('../../../', import.meta.url) : undefined;
}
