export type { Json, JsonArray, JsonObject } from './json/value.ts';
export { isJsonArray, isJsonObject } from './json/value.ts';
export type { Place, Problem, Result } from './problem/problem.ts';
export { failed, formatPlace, formatProblem, ok, ProblemError, problem } from './problem/problem.ts';
export type { ProblemCode, ProblemEntry } from './problem/registry.ts';
export { problemRegistry } from './problem/registry.ts';
export type { Layer, Origin, Plane, Resource } from './resource/resource.ts';
export { layers } from './resource/resource.ts';
export type { FileTree } from './resource/file-tree.ts';
export type {
  Change,
  Description,
  Kind,
  Noise,
  PathPattern,
  QuantityUnit,
  Severity,
  SeverityRule,
} from './resource/kind.ts';
export { severities } from './resource/kind.ts';
export type {
  Chunk,
  ChunkStore,
  Completeness,
  CompletenessState,
  Pack,
  Snapshot,
  SnapshotHeader,
  SnapshotIndex,
} from './snapshot/snapshot.ts';
export { chunkIdBytes } from './snapshot/snapshot.ts';
export type { Axis, Verdict } from './judge/verdict.ts';
export { verdicts } from './judge/verdict.ts';
export type { ApprovedCategory, ApprovedDifference, ApprovedMatch, Constraint } from './judge/approved.ts';
export { approvedCategories } from './judge/approved.ts';
export type { Policy, Violation } from './policy/policy.ts';
export type {
  Approval,
  Attribution,
  Finding,
  FindingGroup,
  FindingHistory,
  HeadlinePart,
  Side,
} from './finding/finding.ts';
export { headlineText } from './finding/finding.ts';
