import type { Json, JsonObject } from '../json/value.ts';
import type { Layer } from './resource.ts';

/** Severity of a finding, least first. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/**
 * A JSON Pointer (RFC 6901) with two wildcards as whole tokens: `*` stands for any one key or index, `**` for any
 * number of them, e.g. `['', 'spec', 'containers', '*', 'env'].join('/')`.
 */
export type PathPattern = string;

/** How a quantity is written; two spellings of one amount are the same value. */
export type QuantityUnit =
  /** Kubernetes resource.Quantity: `100m` = `0.1`, `1Gi` = `1073741824`. */
  | 'kubernetes'
  /** PostgreSQL memory settings: `8kB` = `8192`, `1GB`. */
  | 'bytes'
  /** Durations: Go (`1h30m`), Prometheus (`1d`), ISO 8601 (`PT90M`), PostgreSQL (`500ms`). */
  | 'duration'
  /** Numbers and booleans that some writers quote: `"5432"` = `5432`, `"true"` = `true`. */
  | 'scalar'
  /** A JSON document in a string (IAM policies): compared as JSON. */
  | 'json'
  /** A list that may be written as its only item (IAM `Action: "s3:Get"`): a scalar equals a list of one. */
  | 'one-or-many'
  /** Text whose case carries no meaning (host names, enum values of some APIs). */
  | 'case-insensitive'
  /** Text in which runs of white space and line ends carry no meaning. */
  | 'white-space';

/**
 * What must never show as drift, declared as data so that rules never depend on their order.
 * Every rule is applied to both sides of a comparison; nothing is dropped from what is stored.
 */
export interface Noise {
  /** Fields that identify the items of a list: `{ '/spec/containers': ['name'] }`. Items are aligned by them. */
  readonly identity?: Readonly<Record<PathPattern, readonly string[]>>;
  /** Lists whose order carries no meaning. */
  readonly unordered?: readonly PathPattern[];
  /** Fields that the system assigns: left out of comparisons. */
  readonly computed?: readonly PathPattern[];
  /** Known defaults: a field equal to its default is the same as an absent one. Another value always shows. */
  readonly defaults?: Readonly<Record<PathPattern, Json>>;
  /** Values with several spellings. */
  readonly quantity?: Readonly<Record<PathPattern, QuantityUnit>>;
  /** Fields whose empty value (`""`, `[]`, `{}`, null) is the same as an absent one. */
  readonly empty?: readonly PathPattern[];
  /**
   * Fields that identify this very instance (serial number, fingerprint, address): compared between the planes of one
   * environment, left out when environments are compared with each other.
   */
  readonly instance?: readonly PathPattern[];
  /**
   * Fields that the system fills in where nobody does (an allotted port or address, the default storage class): absent on
   * one side, they count as filled in by the system; two values are compared.
   */
  readonly assigned?: readonly PathPattern[];
  /**
   * Fields whose zero value (`false`, 0) is the same as an absent one, where no default is declared: many clients cannot
   * tell the two apart. Any other value is compared with absence.
   */
  readonly zero?: readonly PathPattern[];
  /** Fields whose values are secret: replaced by a keyed digest in the process that read them. */
  readonly secret?: readonly PathPattern[];
}

/** What a describer is told of one difference. `before` is the expected side; undefined means absent. */
export interface Change {
  readonly kind: Kind;
  /** The resource's name as people know it in this environment. */
  readonly name: string;
  /** Pointer with item selectors; empty for the whole resource. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The whole resource on each side, where there is one. */
  readonly beforeResource?: JsonObject;
  readonly afterResource?: JsonObject;
}

/**
 * The two predicates of a headline, each with its value, in words a person would say, no full stop:
 * `actual` follows the resource ("lets 0.0.0.0/0 reach port 5432"), `expected` follows Git or the reference
 * ("allows 10.0.0.0/8").
 */
export interface Description {
  readonly actual: string;
  readonly expected: string;
}

/** Raises (or lowers) the severity of a change at a path: the first rule that matches counts. */
export interface SeverityRule {
  readonly path: PathPattern;
  readonly severity: Severity;
  readonly when?: (change: Change) => boolean;
}

/** One kind of resource and everything the core needs to know of it. */
export interface Kind {
  /** Exact name, or a pattern with `*` (`aws_*`): of several that match, the one with most literal characters is used. */
  readonly name: string;
  /** What people call one of these, in lower case: `security group`. */
  readonly title: string;
  readonly layer: Layer;
  readonly noise?: Noise;
  /** Pure, idempotent, narrow: only for what {@link Noise} cannot say. */
  readonly normalize?: (attributes: JsonObject, kind: string) => JsonObject;
  /** Raise by one whenever noise or normalize changes meaning: stored snapshots are then normalised anew. */
  readonly version: number;
  readonly severity?: readonly SeverityRule[];
  /**
   * The resource that one of this kind is a part of, where it cannot be there without it (an index without its table):
   * when both are missing, that is one cause.
   */
  readonly partOf?: (attributes: JsonObject) => { readonly kind: string; readonly key: string } | undefined;
  /** Words for one difference; undefined uses the default ("has replicas 5" / "3"). */
  readonly describe?: (change: Change) => Description | undefined;
}
