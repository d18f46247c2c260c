/** What a difference is. See docs/glossary.md. */
export const verdicts = [
  'drift',
  'conflict',
  'missing',
  'unmanaged',
  'parity',
  'policy',
  'pending',
  'not-checked',
  'stale',
  'expired',
] as const;
export type Verdict = (typeof verdicts)[number];

/** Which comparison a finding belongs to; part of its identity, so that a verdict may change while it stays one finding. */
export type Axis = 'declared' | 'reference' | 'policy' | 'completeness' | 'approval';
