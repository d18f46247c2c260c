import type { components, paths } from './schema.ts';

type Schemas = components['schemas'];

/** The document of a successful answer. */
type Answer<P extends keyof paths, M extends 'get' | 'post'> = paths[P] extends {
  readonly [K in M]: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type ApiToken = Schemas['ApiToken'];
export type ApprovalRequest = Schemas['ApprovalRequest'];
export type ApprovalWish = Schemas['ApprovalWishInput'];
export type ApprovedDifference = Schemas['ApprovedDifference'];
export type AuditEntry = Schemas['AuditEntry'];
export type ComparedRow = Schemas['ComparedRow'];
export type Comparison = Schemas['Comparison'];
export type Delivery = Schemas['Delivery'];
export type EnvironmentGroup = Schemas['EnvironmentGroup'];
export type EnvironmentPage = Schemas['EnvironmentPage'];
export type EnvironmentSummary = Schemas['EnvironmentSummary'];
export type Finding = Schemas['Finding'];
export type FindingEvent = Schemas['FindingEvent'];
export type FindingFacets = Schemas['FindingFacets'];
export type FindingPage = Schemas['FindingPage'];
export type FindingRow = Schemas['FindingRow'];
export type FindingState = Schemas['FindingState'];
export type Grant = Schemas['Grant'];
export type Happening = Schemas['Happening'];
export type HeadlinePart = Schemas['HeadlinePart'];
export type Job = Schemas['Job'];
export type Lane = Schemas['Lane'];
export type Layer = Schemas['Layer'];
export type MatrixCell = Schemas['MatrixCell'];
export type Me = Schemas['Me'];
export type Overview = Schemas['Overview'];
export type PersonRow = Answer<'/api/v1/people', 'get'>['items'][number];
export type PolicyEvaluation = Answer<'/api/v1/policies/evaluation', 'post'>;
export type PolicyRow = Schemas['PolicyRow'];
export type Problem = Schemas['Problem'];
export type ResourceRow = Schemas['ResourceRow'];
export type ServerSettings = Schemas['ServerSettings'];
export type Severity = Schemas['Severity'];
export type Side = Schemas['Side'];
export type SourceReading = Schemas['SourceReading'];
export type Timeline = Answer<'/api/v1/timeline', 'get'>;
export type Verdict = Schemas['Verdict'];
