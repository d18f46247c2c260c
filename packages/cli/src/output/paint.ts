import { styleText } from 'node:util';
import type { Severity, Verdict } from '@leeway/core';

type Format = Parameters<typeof styleText>[0];

/** What a piece of text is; a theme decides how that looks. */
export type Role = 'strong' | 'quiet' | 'differs' | 'problem' | 'good' | 'notice' | Severity | Verdict;

/** A role that is not here looks like plain text. */
const theme: Readonly<Partial<Record<Role, Format>>> = {
  strong: 'bold',
  quiet: 'dim',
  differs: ['bold', 'underline'],
  problem: 'red',
  good: 'green',
  notice: 'yellow',
  critical: ['bold', 'red'],
  high: 'bold',
  low: 'dim',
  drift: 'yellow',
  conflict: 'red',
  missing: 'red',
  unmanaged: 'magenta',
  parity: 'blue',
  policy: 'red',
  pending: 'cyan',
  'not-checked': 'dim',
  stale: 'dim',
  expired: 'yellow',
};

export type Paint = (role: Role, text: string) => string;

/** Colours text, or leaves it alone. */
export function makePaint(colour: boolean): Paint {
  if (!colour) return (_role, text) => text;
  return (role, text) => {
    const format = theme[role];
    return format === undefined || text === '' ? text : styleText(format, text, { validateStream: false });
  };
}
