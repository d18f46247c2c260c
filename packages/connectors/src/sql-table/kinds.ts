import type { Change, Kind } from '@leeway/core';
import { describeParameter } from '../shared/erp-words.ts';

/** Which tables there are is known to the source alone. */
export const sqlTableKinds: readonly Kind[] = [
  {
    name: 'sql.*',
    title: 'parameter',
    layer: 'erp',
    version: 1,
    severity: [{ path: '/*', severity: 'medium' }],
    describe: (change: Change) => describeParameter({}, change),
  },
];
