export { buildApp } from './app.ts';
export { createComparisons } from './compare/comparisons.ts';
export type { Authenticate, CurrentEstate, EstateHolder, ServerContext } from './context.ts';
export { api } from './contract/api.ts';
