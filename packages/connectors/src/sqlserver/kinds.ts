import type { Kind } from '@leeway/core';
import { catalogKinds } from '../shared/catalog/kinds.ts';

export const sqlServerKinds: readonly Kind[] = catalogKinds('sqlserver', [
  ['view', 'view'],
  ['function', 'function'],
  ['procedure', 'procedure'],
  ['trigger', 'trigger'],
]);
