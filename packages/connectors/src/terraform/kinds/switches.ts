import type { Change, Description, Json, PathPattern, Severity, SeverityRule } from '@leeway/core';
import type { KindDeclaration } from './define.ts';

/** A switch that protects: what it means when it is on and off, in words that follow the resource's name. */
export interface Switch {
  readonly path: PathPattern;
  readonly on: string;
  readonly off: string;
  /** The state that is dangerous. */
  readonly bad: boolean;
  readonly severity: Severity;
}

/** Severity rules of switches that are turned to their dangerous side. */
export function switchSeverity(switches: readonly Switch[]): readonly SeverityRule[] {
  return switches.map(({ path, bad, severity }) => ({ path, severity, when: ({ after }) => isOn(after) === bad }));
}

/** Words for a switch that was turned; undefined for any other change. */
export function describeSwitch({ path, before, after }: Change, switches: readonly Switch[]): Description | undefined {
  const found = switches.find((candidate) => candidate.path === path.replace(/\/\d+(?=\/|$)/g, '/*'));
  if (!found) return undefined;
  const words = (value: Json | undefined) => (isOn(value) ? found.on : found.off);
  return { actual: words(after), expected: words(before) };
}

function isOn(value: Json | undefined): boolean {
  return value === true || value === 'true' || value === 'Enabled' || value === 'ENABLED';
}

/** A kind whose dangerous switches come first in severity and words; its own rules come after them. */
export function guarded(switches: readonly Switch[], declaration: KindDeclaration): KindDeclaration {
  return {
    ...declaration,
    severity: [...switchSeverity(switches), ...(declaration.severity ?? [])],
    describe: (change) => describeSwitch(change, switches) ?? declaration.describe?.(change),
  };
}

/** A switch that must be on. */
export function mustBeOn(path: PathPattern, on: string, off: string, severity: Severity = 'high'): Switch {
  return { path, on, off, bad: false, severity };
}

/** A switch that must be off. */
export function mustBeOff(path: PathPattern, on: string, off: string, severity: Severity = 'critical'): Switch {
  return { path, on, off, bad: true, severity };
}

export const isEncrypted = (path: PathPattern): Switch =>
  mustBeOn(path, 'is encrypted at rest', 'is not encrypted at rest', 'critical');

export const isProtected = (path: PathPattern): Switch =>
  mustBeOn(path, 'is protected from deletion', 'can be deleted');

export const isPublic = (path: PathPattern): Switch =>
  mustBeOff(path, 'is reachable from the internet', 'is not reachable from the internet');
