import type { JsonObject } from '../json/value.ts';

/** The layers of an environment, in the order people read them. */
export const layers = [
  'network',
  'identity',
  'erp',
  'database',
  'runtime',
  'secrets',
  'observability',
  'messaging',
  'host',
  'backup',
  'delivery',
] as const;
export type Layer = (typeof layers)[number];

/** The planes of a resource: what Git declares, what was last deployed, what is really there. */
export type Plane = 'declared' | 'applied' | 'observed';

/**
 * Where a resource was read and, as far as the system tells, who changed it last. Never part of a comparison.
 * `actor`, `at` and `via` describe the last change, not the reading.
 */
export interface Origin {
  /** File and line, URL or database object, e.g. `deploy/wms.yaml:12` or `orders.public.shipment`. */
  readonly place?: string;
  /** The system's own identifier in full: ARN, uid, oid. */
  readonly id?: string;
  /** Who changed it last, as the system's audit trail names them. */
  readonly actor?: string;
  /** When it was changed last, ISO 8601 with zone. */
  readonly at?: string;
  /** How: `AWS console`, `kubectl edit`, `terraform`. */
  readonly via?: string;
  /** Later changes of single fields, newest first, where the system tells them apart (Kubernetes field managers). */
  readonly fields?: readonly FieldOrigin[];
}

/** Who changed these fields last. */
export interface FieldOrigin {
  /** Pointers with item selectors; each stands for what is below it too. */
  readonly paths: readonly string[];
  readonly actor?: string;
  readonly at?: string;
  readonly via?: string;
}

/**
 * One thing read or declared.
 * `kind` uses the ecosystem's own names: `aws_security_group`, `apps/v1/Deployment` as `apps/Deployment`, `postgresql.table`.
 * `key` means the same thing in every environment: never a row id or UUID. It is written as the system names it;
 * the engine neutralises the environment's own tokens in it.
 */
export interface Resource {
  readonly kind: string;
  readonly key: string;
  readonly attributes: JsonObject;
  readonly origin?: Origin;
}
