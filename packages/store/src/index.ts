export { buildTemplate, templateName } from './embedded/template.ts';
export type { StoreOptions } from './open.ts';
export { openStore } from './open.ts';
export type { LeewayStore, PartSize, Pruned, Retention, StorePart, StoreSizes } from './store.ts';
export { storeParts } from './store.ts';
