import { type Grant, type Permission, rolePermissions } from './permissions.ts';

/** Who makes a call. */
export interface Principal {
  /** `person:<id>`, `machine:<token id>`. */
  readonly id: string;
  readonly kind: 'person' | 'machine';
  /** As people know them; what approved differences and the audit log name. */
  readonly name: string;
  readonly email?: string;
  readonly grants: readonly Grant[];
  /** Token calls only: what the token itself is narrowed to, besides its owner's grants. */
  readonly limits?: { readonly permissions: readonly Permission[]; readonly environments: readonly string[] };
  /** Session calls only: the token against forgery that every write must carry. */
  readonly csrf?: string;
}

/** Where something is to be done. Absent parts are not part of the question. */
export interface Target {
  readonly environment?: string;
  readonly workload?: string | undefined;
}

/**
 * Whether a principal may do something at a target; without a target, whether anywhere. Deny by default: a grant counts
 * only when its role has the permission and its scope takes the target, and a token's own limits narrow every grant.
 */
export function may(principal: Principal, permission: Permission, target: Target = {}): boolean {
  const { limits } = principal;
  if (limits && !limits.permissions.includes(permission)) return false;
  if (limits?.environments.length && !takes(limits.environments, target.environment)) return false;
  return principal.grants.some(
    (grant) =>
      rolePermissions[grant.role].includes(permission) &&
      takes(grant.environments, target.environment) &&
      takes(grant.workloads, target.workload),
  );
}

/** Everything a principal may do somewhere. */
export function heldPermissions(principal: Principal): readonly Permission[] {
  const held = new Set(principal.grants.flatMap(({ role }) => rolePermissions[role]));
  return [...held].filter((permission) => may(principal, permission));
}

/** Whether a scope takes a name. A scope that is not given takes all; a name that is not asked for is taken. */
function takes(patterns: readonly string[] | undefined, name: string | undefined): boolean {
  if (patterns === undefined || patterns.length === 0 || name === undefined) return true;
  return patterns.some((pattern) => matchesWildcard(pattern, name));
}

function matchesWildcard(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}

/** Key under which answers that depend on who asks are kept: principals with the same sight share them. */
export function sightOf({ grants, limits }: Principal): string {
  return JSON.stringify([grants, limits ?? null]);
}
