export type { CompareOptions } from './compare/compare.ts';
export { compareAttributes } from './compare/compare.ts';
export type { Difference } from './compare/difference.ts';
export type { NormalizeOptions } from './compare/normal-text.ts';
export { normalText } from './compare/normal-text.ts';
export { normalTree } from './compare/normal-tree.ts';
export { normalizeQuantity } from './compare/quantity.ts';
export { type ComparedCounts, comparisonSentence } from './finding/comparison-sentence.ts';
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
export { compareFindings, groupFindings } from './finding/group.ts';
export { pathLabel, valueText } from './finding/words.ts';
export { canonicalJson } from './json/canonical.ts';
export { digestBytes, digestHex } from './json/digest.ts';
export type { PointerToken } from './json/pointer.ts';
export {
  escapeToken,
  formatSelector,
  hasPlace,
  matchesPointer,
  matchesWildcard,
  parsePointer,
  resolvePointer,
} from './json/pointer.ts';
export type { Json, JsonArray, JsonObject } from './json/value.ts';
export { isJsonArray, isJsonObject } from './json/value.ts';
export { selectsResource, silencesFinding } from './judge/approvals.ts';
export type { ApprovedCategory, ApprovedDifference, ApprovedMatch, Constraint } from './judge/approved.ts';
export { approvedCategories } from './judge/approved.ts';
export type {
  Case,
  CompletenessCase,
  DeclaredCase,
  EnvironmentFacts,
  ExpiredCase,
  JudgeContext,
  OwnedResource,
  Ownership,
  PolicyCase,
  ReferenceCase,
  StaleCase,
} from './judge/case.ts';
export { constraintHolds, describeConstraint, pinDigest } from './judge/constraint.ts';
export type { Judgement } from './judge/judge.ts';
export { judge } from './judge/judge.ts';
export type { Axis, Verdict } from './judge/verdict.ts';
export { verdicts } from './judge/verdict.ts';
export type { Policy, Violation } from './policy/policy.ts';
export type { Place, Problem, Result } from './problem/problem.ts';
export { failed, formatPlace, formatProblem, ok, ProblemError, problem } from './problem/problem.ts';
export type { ProblemCode, ProblemEntry } from './problem/registry.ts';
export { problemRegistry } from './problem/registry.ts';
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
export type { KindIndex } from './resource/kind-index.ts';
export { indexKinds } from './resource/kind-index.ts';
export type { Neutralizer } from './resource/neutral.ts';
export { compileNeutralizer, noNeutralizer } from './resource/neutral.ts';
export type { FieldOrigin, Layer, Origin, Plane, Resource } from './resource/resource.ts';
export { layers } from './resource/resource.ts';
export { isSealed } from './resource/secret.ts';
export type { SharedKey } from './snapshot/buckets.ts';
export { walkBuckets } from './snapshot/buckets.ts';
export type { BuiltIndex, SnapshotBuilderOptions } from './snapshot/builder.ts';
export { SnapshotBuilder } from './snapshot/builder.ts';
export type { LoadedIndex } from './snapshot/chunk.ts';
export { loadIndex } from './snapshot/chunk.ts';
export type { ChangedEntry, DigestUse } from './snapshot/diff.ts';
export { changedEntries, findResources, walkChunks } from './snapshot/diff.ts';
export type { BodyRef } from './snapshot/entry.ts';
export { keyHashOf } from './snapshot/key-hash.ts';
export { memoryChunkStore } from './snapshot/memory-chunk-store.ts';
export { loadLines, loadResources } from './snapshot/pack.ts';
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
export { chunkIdBytes, contentIdBytes } from './snapshot/snapshot.ts';
export { listNames, nearest, suggest } from './text/nearest.ts';
