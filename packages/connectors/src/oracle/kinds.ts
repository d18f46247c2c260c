import type { Kind } from '@leeway/core';
import { catalogKinds } from '../shared/catalog/kinds.ts';

export const oracleKinds: readonly Kind[] = catalogKinds('oracle', [
  ['view', 'view'],
  ['function', 'function'],
  ['procedure', 'procedure'],
  ['package', 'package'],
  ['package-body', 'package body'],
  ['type', 'type'],
  ['trigger', 'trigger'],
]);
