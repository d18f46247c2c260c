import type { Change, Kind } from '@leeway/core';
import { describeParameter } from '../shared/erp-words.ts';

/** Which entity sets there are is known to the source alone. */
export const recordKind: Kind = {
  name: 'odata.*',
  title: 'record',
  layer: 'erp',
  version: 1,
  // What is read along has no order, and nothing but its content tells its items apart.
  noise: { unordered: ['/*'] },
  severity: [{ path: '/*', severity: 'medium' }],
  describe: (change: Change) => describeParameter({}, change),
};

export const odataKinds: readonly Kind[] = [recordKind];
