/** What a person says when they approve a difference. Texts as typed; everything is checked by {@link buildRecord}. */
export interface ApprovalRequest {
  readonly reason?: string;
  readonly owner?: string;
  readonly approver?: string;
  /** Who asks for it; never the approver. */
  readonly requester?: string;
  /** Moment with its zone. */
  readonly expires?: string;
  readonly category?: string;
  readonly ticket?: string;
  /** Id of the record; made from key and environment when absent. */
  readonly id?: string;
  /** File to append to, relative to the estate; `approved/<category>.yaml` when absent. */
  readonly file?: string;
  readonly allEnvironments?: boolean;
  /** Constraints, at most one; the present value is pinned when there is none. */
  readonly atMost?: string;
  readonly atLeast?: string;
  readonly oneOf?: readonly string[];
  readonly matches?: string;
  /** `min:max`, either may be empty. */
  readonly ratio?: string;
}

/** An approved difference that was written. */
export interface ApprovedRecord {
  readonly id: string;
  /** Relative to the estate. */
  readonly file: string;
  /** Line of the record, from 1. */
  readonly line: number;
  /** The constraint in words. */
  readonly constraint: string;
  readonly expires: string;
  /** The record as YAML. */
  readonly text: string;
}
