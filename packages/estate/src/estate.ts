import type { ApprovedDifference, Json, JsonObject, Layer, Place, Plane, Policy } from '@leeway/core';

/** The dimensions an environment is a point in. All optional except stage. */
export interface Dimensions {
  readonly stage: string;
  readonly region?: string;
  readonly businessUnit?: string;
  readonly tenant?: string;
  readonly tier?: string;
  readonly compliance?: readonly string[];
}

export interface Environment {
  readonly name: string;
  readonly dimensions: Dimensions;
  /** Name of the environment this one must mirror. */
  readonly mirrors?: string;
  /** Parameters for `{name}` in source settings, and for policies. */
  readonly parameters: JsonObject;
  /**
   * Names of this environment's own to neutralise at token boundaries, by neutral name:
   * `{ stage: ['prod', 'production'], account: ['111122223333'] }`.
   */
  readonly tokens: Readonly<Record<string, readonly string[]>>;
  /** 1 (production) to 4: part of severity. */
  readonly criticality: number;
  readonly place: Place;
}

/** Which resources belong to something; every field given must match, `*` as wildcard. */
export interface ResourceSelector {
  readonly source?: string;
  readonly kind?: string;
  readonly key?: string;
  readonly layer?: Layer;
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly owner: string;
  /** 1 is the most important, 4 the least. */
  readonly priority: number;
  readonly hosting: string;
  /** Recovery time and point objectives, in seconds. */
  readonly rto?: number;
  readonly rpo?: number;
  /** True for shared platform services; their resources are reported apart from applications. */
  readonly shared: boolean;
  readonly match: readonly ResourceSelector[];
  readonly place: Place;
}

/** Which resources an owner rule means; `path` is a glob over the file a resource is declared in. */
export interface OwnerSelector extends ResourceSelector {
  readonly path?: string;
}

/** Owner of what matches; the last that matches wins, as in CODEOWNERS. */
export interface OwnerRule {
  readonly match: OwnerSelector;
  readonly owner: string;
}

/** Planes of a source, in the order people read them. */
export const planes = ['declared', 'applied', 'observed'] as const satisfies readonly Plane[];

/** One plane of a source: which connector reads it and with what settings. `{parameter}` parts are still in. */
export interface SourcePlane {
  readonly connector: string;
  readonly settings: Json;
  readonly place: Place;
}

export interface Source {
  readonly id: string;
  readonly title: string;
  /** Environments it is read for. */
  readonly environments: readonly string[];
  readonly declared?: SourcePlane;
  readonly applied?: SourcePlane;
  readonly observed?: SourcePlane;
  /** Whether resources that nothing declares are findings. */
  readonly unmanaged: 'report' | 'ignore';
  /** Whether it takes part in comparing an environment with its reference. */
  readonly parity: boolean;
  /** Seconds after which an observed reading counts as stale. */
  readonly freshness?: number;
  /** Seconds a reading may take. */
  readonly deadline: number;
  /** Requests a second, at most. */
  readonly rate?: number;
  /** Resources of this source that are not looked at. */
  readonly exclude: readonly ResourceSelector[];
  readonly place: Place;
}

/** Policies in force. */
export interface PolicySettings {
  /** Built-in packs in force, by name. */
  readonly packs: readonly string[];
  /** Pack files of the estate's own, paths relative to it. */
  readonly files: readonly string[];
  /** Policies of these files, as {@link LoadOptions.readPack} reads them; empty without it. */
  readonly policies: readonly Policy[];
  /** Overrides of policy parameters: code → environment name or `*` → parameters. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Compiled Rego bundles, paths relative to the estate. */
  readonly bundles: readonly RegoBundle[];
}

export interface RegoBundle {
  readonly path: string;
  readonly entrypoint: string;
  readonly code: string;
  readonly kinds: readonly string[];
  readonly severity: Policy['severity'];
  readonly title: string;
}

/** Everything under one `leeway.yaml`, validated, names resolved. */
export interface Estate {
  readonly name: string;
  readonly title: string;
  readonly environments: readonly Environment[];
  readonly workloads: readonly Workload[];
  readonly owners: readonly OwnerRule[];
  readonly sources: readonly Source[];
  readonly approved: readonly ApprovedDifference[];
  readonly policies: PolicySettings;
  /** Days before expiry from which an approved difference is announced. */
  readonly expiryWarningDays: number;
  /** Revision the declared plane is read at; `working tree` without Git or `--ref`. */
  readonly revision: string;
  /** Readings at the same time; the reader's own default when absent. */
  readonly concurrency?: number;
  /** The instant an example estate is frozen at; only examples have it. */
  readonly asOf?: string;
}
