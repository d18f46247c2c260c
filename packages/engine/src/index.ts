export type * from './ports.ts';
export type * from './report.ts';
