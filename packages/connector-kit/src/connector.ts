import type { FileTree, Json, Kind, Problem, Resource, Result } from '@leeway/core';
import type { z } from 'zod';
import type { Limiter } from './context/limiter.ts';

export type { FileTree } from '@leeway/core';

/** Whether a connector was seen to work against the real system. Shown by `leeway connectors` and in its page. */
export type Verification =
  | { readonly state: 'verified'; readonly against: string }
  | { readonly state: 'built-to-published-api'; readonly api: string };

/** What {@link Connector.read} yields. */
export type Reading =
  | { readonly type: 'resource'; readonly resource: Resource }
  /** Something went wrong for one kind (or for all, when `kind` is absent); reading goes on where it can. */
  | { readonly type: 'notice'; readonly problem: Problem; readonly kind?: string }
  /** Everything of this kind was read: from here on, absence means absent. */
  | { readonly type: 'complete'; readonly kind: string };

/** A secret value on its way to its digest. Connectors never put a secret into a resource in clear. */
export type Seal = (secret: string) => Json;

/** Everything impure a connector may use. Nothing else: no global fetch, clock, timers, environment variables. */
export interface ReadContext {
  /** The environment's name, for messages only: settings arrive with their parameters filled in. */
  readonly environment: string;
  readonly files: FileTree;
  /** HTTP with the source's rate limit, retries for 429 and 5xx, size limit and deadline applied. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * The same limits around a transport of the connector's own, for what the shared fetch cannot carry: client certificates,
   * authorities of one system.
   */
  readonly guard: (transport: typeof globalThis.fetch, own: OwnTransport) => typeof globalThis.fetch;
  /** Raw sockets (databases, TLS, SSH) honour this signal: it fires at the source's deadline or on cancel. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly seal: Seal;
  /** Reads an environment variable that settings name (`passwordFrom: PGPASSWORD`), so that tests can hand in their own. */
  readonly variable: (name: string) => string | undefined;
  /**
   * A token bucket by name, shared by every source of the process: for quotas that are not one host's, such as an account's
   * in one region for one service. `rate` is requests a second. Absent where nothing is asked over a network.
   */
  readonly limiter?: (name: string, rate: number) => Limiter;
}

/** What a transport of a connector's own needs otherwise than the shared one. */
export interface OwnTransport {
  /** The system as messages name it. */
  readonly system: string;
  /** Seconds one request, with its body, may take; the source's when absent. */
  readonly requestSeconds?: number;
  /** Bytes one answer may have; the source's when absent. */
  readonly limitBytes?: number;
}

/** One line of `leeway sources check`: what may be read and what not. */
export interface CheckLine {
  readonly what: string;
  readonly ok: boolean;
  readonly problem?: Problem;
}

/** One value to put in place of another. */
export interface WriteChange {
  readonly kind: string;
  readonly key: string;
  /** Pointer into the resource's attributes, as findings have it. */
  readonly path: string;
  /** The value that is to be replaced, secrets as digests; undefined where there is to be none. */
  readonly expected: Json | undefined;
  /** The value to put in its place; undefined takes it away. */
  readonly value: Json | undefined;
}

/** What a write did. */
export interface Written {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Where it was written, as `origin.place` says it. */
  readonly place?: string;
}

/**
 * One system Leeway can read. Declared by a folder in `packages/connectors/src/<id>/`; entered in connector-registry.ts.
 * `Settings` is what stands under `declared:`, `applied:` or `observed:` of a source, parameters already filled in.
 */
export interface Connector<Settings = unknown> {
  readonly id: string;
  readonly title: string;
  /** One sentence for lists. */
  readonly summary: string;
  readonly settings: z.ZodType<Settings>;
  readonly kinds: readonly Kind[];
  readonly verification: Verification;
  /** Exact permissions a reader needs; empty for files. */
  readonly permissions: readonly string[];
  check(settings: Settings, context: ReadContext): Promise<readonly CheckLine[]>;
  /**
   * Reads everything the settings name. Yields in any order; yields `complete` for a kind only after all of it.
   * Expected failures are notices; a throw is a bug and is reported as LW3013. Ends promptly when the signal fires.
   */
  read(settings: Settings, context: ReadContext): AsyncIterable<Reading>;
  /**
   * Writes one value, for systems that have a door for it. Missing where a system is only read. Refuses with LW3160 unless
   * the source's settings say `writable: true`, and with LW3161 when the value found is not {@link WriteChange.expected}:
   * it looks immediately before writing, and lets the system itself hold the version where it can.
   */
  write?(change: WriteChange, settings: Settings, context: ReadContext): Promise<Result<Written>>;
  /**
   * Settings for reading a file, folder or URL with no estate, for `leeway diff A B --as <id>`; undefined when the
   * connector has no such form. `confidence` (0 to 1) says how sure the connector is that this is its format, judged by
   * names and the first bytes alone.
   */
  readonly standalone?: (
    target: StandaloneTarget,
  ) => { readonly settings: Settings; readonly confidence: number } | undefined;
}

/** What `leeway diff` was given: paths that exist, or a URL. `paths` are relative to the {@link FileTree} handed to read(). */
export interface StandaloneTarget {
  readonly url?: string;
  readonly paths?: readonly string[];
  /** The first 4 KiB of the first file, as text. */
  readonly head?: string;
}
