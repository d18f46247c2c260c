import { alert } from './alert.ts';
import { deployment } from './deployment.ts';
import { parameter } from './parameter.ts';
import { queue } from './queue.ts';
import type { SampleKind } from './sample-kind.ts';
import { securityGroup } from './security-group.ts';
import { table } from './table.ts';

/** One kind of each layer that matters most, in the order in which resources are dealt out. */
export const sampleKinds = [
  securityGroup,
  deployment,
  table,
  parameter,
  alert,
  queue,
] as const satisfies readonly SampleKind[];

export const sampleKindNames = [
  'sample.security-group',
  'sample.deployment',
  'sample.table',
  'sample.parameter',
  'sample.alert',
  'sample.queue',
] as const;

export type SampleKindName = (typeof sampleKindNames)[number];
