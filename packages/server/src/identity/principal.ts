import { type Grant, type Permission, rolePermissions } from './permissions.ts';
import { scopesOf, takes } from './scope.ts';

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

/** Where something is to be done. An absent part is not part of the question; `undefined` says that there is none. */
export interface Target {
  readonly environment?: string | undefined;
  readonly workload?: string | undefined;
}

/**
 * Whether a principal may do something at a target; without a target, whether anywhere. Deny by default: a grant counts
 * only when its role has the permission and its scope takes the target, and a token's own limits narrow every grant.
 */
export function may(principal: Principal, permission: Permission, target: Target = {}): boolean {
  const asks = (part: keyof Target, patterns: readonly string[] | undefined) =>
    !Object.hasOwn(target, part) || takes(patterns, target[part]);
  if (!asks('environment', principal.limits?.environments)) return false;
  return scopesOf(principal, permission).some(
    (scope) => asks('environment', scope.environments) && asks('workload', scope.workloads),
  );
}

/** Everything a principal may do somewhere. */
export function heldPermissions(principal: Principal): readonly Permission[] {
  const held = new Set(principal.grants.flatMap(({ role }) => rolePermissions[role]));
  return [...held].filter((permission) => may(principal, permission));
}

/** Key under which answers that depend on who asks are kept: principals with the same sight share them. */
export function sightOf({ grants, limits }: Principal): string {
  return JSON.stringify([grants, limits ?? null]);
}
