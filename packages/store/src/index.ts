export { buildTemplate, templateName } from './embedded/template.ts';
export type { IdentityStore } from './identity/identity.ts';
export type { Person } from './identity/people.ts';
export type { Session } from './identity/sessions.ts';
export type { Token } from './identity/tokens.ts';
export type { LastingOptions, StoreOptions } from './open.ts';
export { openServerStore, openStore } from './open.ts';
export type { LeewayStore, PartSize, Pruned, Retention, ServerStore, StorePart, StoreSizes } from './store.ts';
export { storeParts } from './store.ts';
