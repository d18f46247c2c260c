import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type ApprovalRequest = Schemas['ApprovalRequest'];
export type ApprovalWish = Schemas['ApprovalWishInput'];
export type EnvironmentGroup = Schemas['EnvironmentGroup'];
export type Finding = Schemas['Finding'];
export type FindingEvent = Schemas['FindingEvent'];
export type FindingFacets = Schemas['FindingFacets'];
export type FindingPage = Schemas['FindingPage'];
export type FindingRow = Schemas['FindingRow'];
export type FindingState = Schemas['FindingState'];
export type Happening = Schemas['Happening'];
export type HeadlinePart = Schemas['HeadlinePart'];
export type Layer = Schemas['Layer'];
export type MatrixCell = Schemas['MatrixCell'];
export type Me = Schemas['Me'];
export type Overview = Schemas['Overview'];
export type Problem = Schemas['Problem'];
export type Severity = Schemas['Severity'];
export type Side = Schemas['Side'];
export type Verdict = Schemas['Verdict'];
