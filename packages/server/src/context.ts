import type { Problem, Result } from '@leeway/core';
import type { ScanOptions } from '@leeway/engine/scan/options.ts';
import type { Estate } from '@leeway/estate';
import type { ServerStore } from '@leeway/store';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { AuditLog } from './audit/log.ts';
import type { Comparisons } from './compare/comparisons.ts';
import type { EstateRepository } from './estate/repository.ts';
import type { EventHub } from './events/hub.ts';
import type { RenderEvidence } from './evidence/report.ts';
import type { Principal } from './identity/principal.ts';
import type { SignInSettings } from './identity/settings.ts';
import type { Site } from './identity/site.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { SettingsHolder } from './settings/holder.ts';
import type { EstateWatch } from './settings/watch.ts';
import type { Views } from './views/views.ts';

/** The estate as it is now: loaded at a revision, with the rules in force. */
export interface CurrentEstate {
  readonly estate: Estate;
  /** Folder of leeway.yaml. */
  readonly directory: string;
  /** Everything a scan or a comparison needs but its scope. */
  readonly options: Omit<ScanOptions, 'failOn' | 'signal'>;
  readonly warnings: readonly Problem[];
}

/** Holds the estate and loads it anew when Git moved. A revision that does not load leaves the last good one in force. */
export interface EstateHolder {
  current(): CurrentEstate;
  /** Problems of the last attempt to load; empty when what is in force is what lies in Git. */
  problems(): readonly Problem[];
  reload(): Promise<Result<CurrentEstate>>;
}

/** Finds out who makes a call; undefined for nobody. */
export type Authenticate = (request: FastifyRequest) => Promise<Principal | undefined>;

/** What every handler gets handed in. Built once, in the composition root. */
export interface ServerContext {
  readonly estate: EstateHolder;
  readonly store: ServerStore;
  /** server.yaml as it is now. */
  readonly settings: SettingsHolder;
  readonly watch: EstateWatch;
  /** Variables of the process: where secrets are. */
  readonly variable: (name: string) => string | undefined;
  readonly queue: JobQueue;
  readonly events: EventHub;
  readonly authenticate: Authenticate;
  readonly audit: AuditLog;
  readonly renderEvidence: RenderEvidence;
  readonly comparisons: Comparisons;
  readonly views: Views;
  readonly repository: EstateRepository;
  /** `signIn:` of server.yaml as it is now. */
  readonly signIn: () => SignInSettings;
  /** Where people reach the server. */
  readonly site: Site;
  /** The one clock. */
  readonly now: () => Date;
  readonly version: string;
  readonly log: FastifyBaseLogger;
  /** Folder of the built web application; the API alone is served without. */
  readonly web?: string;
}
