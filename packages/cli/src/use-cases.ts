import type { Verification } from '@leeway/connector-kit';
import type { Finding, FindingHistory, Layer, Problem, Result, SnapshotHeader } from '@leeway/core';
import type { FindingEvent, Report, ScanRecord } from '@leeway/engine';
import type { ApprovalRequest, ApprovedRecord } from '@leeway/engine/approve/request.ts';
import type { FirstEstate } from '@leeway/engine/init/write-estate.ts';
import type { FailOn, ScanProgress } from '@leeway/engine/scan/options.ts';
import type { SourceCheck } from '@leeway/engine/sources/check-sources.ts';
import type { PolicyListing, TestReport } from '@leeway/policy';
import type { ChainCheck } from '@leeway/store';

/** What every command that looks at an estate is told. */
export interface EstateRequest {
  /** Folder of leeway.yaml, absolute. */
  readonly directory: string;
  /** What relative paths on the command line are relative to, absolute. */
  readonly workingDirectory: string;
  /** Git revision the declared plane is read at; the working tree when absent. */
  readonly ref?: string;
  /** PostgreSQL to keep state in; the embedded store in `.leeway/` when absent. */
  readonly database?: string;
  /** False for `--no-store`: nothing is kept, and nothing kept earlier is known. */
  readonly keep: boolean;
  /** The one clock. */
  readonly now: Date;
  /** True when `--now` named the moment: then it counts even where an example estate is frozen at another one. */
  readonly nowIsGiven: boolean;
  readonly variable: (name: string) => string | undefined;
  readonly signal: AbortSignal;
}

export interface ScanRequest extends EstateRequest {
  readonly environments?: readonly string[];
  readonly sources?: readonly string[];
  /** Readings at the same time; what the estate says when absent. */
  readonly concurrency?: number;
  readonly strict: boolean;
  readonly failOn: FailOn;
  readonly progress: (event: ScanProgress) => void;
}

export interface DiffRequest extends EstateRequest {
  /** Environment, snapshot id, file, folder or URL. */
  readonly left: string;
  readonly right: string;
  /** Connector that reads both sides; guessed when absent. */
  readonly connector?: string;
  readonly strict: boolean;
  readonly failOn: FailOn;
  readonly progress: (event: ScanProgress) => void;
}

/** `api` answers calls, `worker` runs jobs, `all` does both. */
export type ServeRole = 'api' | 'worker' | 'all';

/** How the server is to run. */
export interface ServeRequest extends EstateRequest {
  readonly port: number;
  /** Address to listen at. */
  readonly host: string;
  /** Where people reach it; needed beyond this machine. */
  readonly publicUrl?: string;
  readonly version: string;
  readonly logLevel: string;
  /** `all` where absent. */
  readonly role?: ServeRole;
  /** Jobs at a time; 2 where absent. */
  readonly concurrency?: number;
  /** Folder of the built web application; the API alone without. */
  readonly web?: string | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Where people reach it. */
  readonly url: string;
  /** Where it listens on this machine. */
  readonly listensAt: string;
  /** The one-time link, while there is no administrator. */
  readonly setUpUrl?: string;
  /** Ends calls under way, puts jobs back, then closes the store. */
  close(): Promise<void>;
}

export interface AuditRequest extends EstateRequest {
  /** An export to walk instead of the log itself. */
  readonly file?: string;
  /** Hash of an entry that was there once. */
  readonly head?: string;
}

/** Everything known of one finding. */
export interface Explanation {
  readonly finding: Finding;
  readonly history: FindingHistory;
  readonly events: readonly FindingEvent[];
}

/** What happened over time, newest first. */
export interface HistoryPage {
  readonly scans: readonly ScanRecord[];
  readonly events: readonly (FindingEvent & { readonly fingerprint: string; readonly environment: string })[];
}

/** What `leeway validate` says of an estate that is in order. */
export interface EstateSummary {
  readonly name: string;
  readonly environments: number;
  readonly sources: number;
  readonly approved: number;
  readonly policies: number;
  readonly warnings: readonly Problem[];
}

/** One line of `leeway doctor`. */
export interface DoctorLine {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'error';
  readonly text: string;
}

export interface ConnectorListing {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Whether it was seen to work against the real system. */
  readonly verification: Verification;
  /** Exact permissions a reader needs; empty for files. */
  readonly permissions: readonly string[];
  /** What it reads, in its own order; `*` in a name stands for what only the source knows. */
  readonly kinds: readonly { readonly name: string; readonly title: string; readonly layer: Layer }[];
}

export interface NewConnectorRequest {
  /** Folder in a checkout of Leeway, absolute. */
  readonly workingDirectory: string;
  readonly id: string;
  /** Made from the id when absent. */
  readonly title?: string;
}

/** What was written, relative to the checkout. */
export interface NewConnector {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * What the commands need of the engine. The composition root binds these to the real estate, store and connectors;
 * tests bind them to hand-made reports. Problems that are errors come back in the result or in `report.problems`.
 */
export interface UseCases {
  scan(request: ScanRequest): Promise<Report>;
  diff(request: DiffRequest): Promise<Report>;
  /** The open findings as last recorded, without reading anything. */
  lastReport(request: EstateRequest): Promise<Result<Report>>;
  explain(request: EstateRequest & { readonly finding: string }): Promise<Result<Explanation>>;
  history(
    request: EstateRequest & { readonly environment?: string; readonly since?: string; readonly limit: number },
  ): Promise<Result<HistoryPage>>;
  /** Stored readings, newest first. */
  snapshots(
    request: EstateRequest & { readonly environment?: string; readonly limit: number },
  ): Promise<Result<readonly SnapshotHeader[]>>;
  approve(
    request: EstateRequest & { readonly finding: string; readonly approval: ApprovalRequest },
  ): Promise<Result<ApprovedRecord>>;
  /** Records that a revision was deployed. Absent revision: the revision of HEAD. Returns the revision recorded. */
  applied(
    request: EstateRequest & {
      readonly environment: string;
      readonly sources?: readonly string[];
      readonly revision?: string;
      readonly actor?: string;
    },
  ): Promise<Result<{ readonly revision: string; readonly sources: readonly string[] }>>;
  validate(request: EstateRequest): Promise<Result<EstateSummary>>;
  listPolicies(request: EstateRequest): Promise<Result<readonly PolicyListing[]>>;
  testPolicies(request: EstateRequest & { readonly codes?: readonly string[] }): Promise<Result<TestReport>>;
  checkSources(
    request: EstateRequest & { readonly environments?: readonly string[]; readonly sources?: readonly string[] },
  ): Promise<Result<readonly SourceCheck[]>>;
  init(
    request: EstateRequest & {
      readonly name?: string;
      readonly environment: Readonly<Record<string, string | undefined>>;
    },
  ): Promise<Result<FirstEstate>>;
  listConnectors(): Promise<readonly ConnectorListing[]>;
  newConnector(request: NewConnectorRequest): Promise<Result<NewConnector>>;
  doctor(request: EstateRequest): Promise<readonly DoctorLine[]>;
  /** Starts the server with the program's own web application; `tell` hears of what takes long. It runs until it is closed. */
  serve(request: ServeRequest, tell: (line: string) => void): Promise<Result<RunningServer>>;
  /** Walks the audit log, or an export of it; a chain that does not hold is a problem. */
  verifyAudit(request: AuditRequest): Promise<Result<ChainCheck>>;
  /** Scans the example estate, at the instant it is frozen at, with a store of its own. */
  demo(request: Omit<ScanRequest, 'directory'>): Promise<{ readonly report: Report; readonly directory: string }>;
}
