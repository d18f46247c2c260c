import type { JsonObject } from '@leeway/core';
import type { Place } from './place.ts';

/** The two environments of the lab: staging mirrors production. */
export type Side = 'staging' | 'production';
export const sides: readonly Side[] = ['production', 'staging'];

/** One difference that a drift must cause, and nothing beside it. */
export interface ExpectedFinding {
  /** Source it is found through; may be left out where the service has one. */
  readonly source?: string;
  readonly kind: string;
  /** Neutral key: `orders-{stage}`. */
  readonly key: string;
  /** Pointer with item selectors; empty for the whole resource. */
  readonly path: string;
  /** Verdict; `parity` (staging is not what production is) when left out. */
  readonly verdict?: string;
  /** A part of the sentence people read. */
  readonly says?: string;
}

/** One change to staging by the system's own means: its command line, its API, its configuration file and a reload. */
export interface Drift {
  readonly name: string;
  apply(place: Place): Promise<void>;
  /** The exact way back. */
  undo(place: Place): Promise<void>;
  readonly findings: readonly ExpectedFinding[];
}

/** One permission of the connector's page that the reader of staging is without for a moment. */
export interface Denial {
  /** What `leeway sources check` must then say is missing. */
  readonly names: string;
  take(place: Place): Promise<void>;
  giveBack(place: Place): Promise<void>;
}

/** One real system of the lab: `lab/services/<id>.ts` exports it as `service`. */
export interface LabService {
  readonly id: string;
  readonly title: string;
  /** Debian packages that `lab/install-debian` installs for it. */
  readonly packages: readonly string[];
  /** Services that must be up before it. */
  readonly needs?: readonly string[];
  /** True where one instance serves both sides: `up` is then called for production alone, `fill` for both. */
  readonly shared?: boolean;
  /** Why it cannot run here, in words; undefined when it can. */
  available(): Promise<string | undefined>;
  /** What Debian does not have: a virtual environment, a Go module. Run by `lab/install-debian`; into `place.folder`. */
  install?(place: Place): Promise<void>;
  /** Starts it and waits until it answers. Called again on a running one: `place.start` then does nothing. */
  up(place: Place): Promise<void>;
  /** Brings the content to what a clean pair holds. Called at every `up`, so it says what must be there, not what to add. */
  fill(place: Place): Promise<void>;
  readonly drifts: readonly Drift[];
  readonly denials?: readonly Denial[];
  /** Only what ending its processes does not do. */
  down?(place: Place): Promise<void>;
  /** As they stand under `sources:` of leeway.yaml, with `{parameter}` parts. */
  readonly sources: Readonly<Record<string, JsonObject>>;
  /** Parameters of an environment: ports, addresses. */
  readonly parameters: Readonly<Record<Side, JsonObject>>;
  /** Names each side carries as its own beside its stage (`account`), as an environment's `tokens` have them. */
  readonly tokens?: Readonly<Record<Side, Readonly<Record<string, readonly string[]>>>>;
  /** Environment variables that the settings name. Their values must come out nowhere: the test looks for them. */
  readonly variables: Readonly<Record<string, string>>;
  /** What `npm run lab -- record` takes out of recordings beside credentials and addresses. */
  readonly scrub?: readonly (readonly [RegExp, string])[];
  /** Files of the estate, for sources that declare something; paths to texts. */
  readonly files?: () => Promise<Readonly<Record<string, string>>>;
}
