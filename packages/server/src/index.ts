export { buildApp } from './app.ts';
export type { Authenticate, CurrentEstate, EstateHolder, ServerContext } from './context.ts';
export { api } from './contract/api.ts';
