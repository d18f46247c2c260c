import type { Kind } from '@leeway/core';

/** What is read, which of it is noise, and how much each change matters: all as data. */
export const newSystemKinds: readonly Kind[] = [
  {
    name: 'new-system.parameter',
    title: 'parameter of New system',
    layer: 'erp',
    version: 1,
    severity: [{ path: '/value', severity: 'medium' }],
  },
];
