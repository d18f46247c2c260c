import { matchesWildcard } from '@leeway/core';
import { type Grant, type Permission, rolePermissions } from './permissions.ts';
import type { Principal } from './principal.ts';

/** A part of the estate: what the patterns name (`*` as wildcard) of environments and of workloads; absent means all. */
export interface Scope {
  readonly environments?: readonly string[];
  readonly workloads?: readonly string[];
}

/** Something that lies somewhere: `undefined` says that it belongs to no environment or workload. */
export interface Located {
  readonly environment: string | undefined;
  readonly workload: string | undefined;
}

/**
 * Where a principal holds a permission: anywhere within one of the scopes. Empty means nowhere, a scope without patterns
 * everywhere. What environments a token is narrowed to is not in it: ask `visible` or `sightOver`, which know.
 */
export function scopesOf(principal: Principal, permission: Permission): readonly Scope[] {
  if (principal.limits && !principal.limits.permissions.includes(permission)) return [];
  return principal.grants.filter(({ role }) => rolePermissions[role].includes(permission));
}

/**
 * Whether a principal may see something, or with another permission do something to it. What belongs to no workload is
 * beyond a grant that names workloads, and what belongs to no environment beyond one that names environments.
 */
export function visible(principal: Principal, row: Located, permission: Permission = 'findings:read'): boolean {
  if (!takes(principal.limits?.environments, row.environment)) return false;
  return scopesOf(principal, permission).some(
    (scope) => takes(scope.environments, row.environment) && takes(scope.workloads, row.workload),
  );
}

/** Where somebody sees something, for a query: names of environments, and patterns of workloads where not all are seen. */
export interface Sight {
  readonly environments: readonly string[];
  readonly workloads?: readonly string[];
}

/**
 * The environments among `names` in which a principal holds a permission, for the WHERE of a list: a row is seen where one
 * of the answers names its environment and, if that one has patterns of workloads, one of those takes its workload.
 * Answers without environments are left out; none at all: nothing is seen.
 */
export function sightOver(
  principal: Principal,
  names: readonly string[],
  permission: Permission = 'findings:read',
): readonly Sight[] {
  const limited = names.filter((name) => takes(principal.limits?.environments, name));
  return scopesOf(principal, permission)
    .map(({ environments, workloads }) => ({
      environments: limited.filter((name) => takes(environments, name)),
      ...(workloads?.length && { workloads }),
    }))
    .filter(({ environments }) => environments.length > 0);
}

/** Whether the principal sees everything of every environment: then a list needs no filter. */
export function seesAll(principal: Principal, permission: Permission = 'findings:read'): boolean {
  if (principal.limits?.environments.length) return false;
  return scopesOf(principal, permission).some(
    ({ environments, workloads }) => !environments?.length && !workloads?.length,
  );
}

/**
 * Whether a principal may hand on a grant: they must hold everything its role may do, each in a scope that takes all of
 * the grant's. What two scopes take together only is not enough, and a token hands on no more than it was given itself.
 */
export function mayHandOn(principal: Principal, grant: Grant): boolean {
  if (!spans(principal.limits?.environments, grant.environments)) return false;
  return rolePermissions[grant.role].every((permission) =>
    scopesOf(principal, permission).some(
      (scope) => spans(scope.environments, grant.environments) && spans(scope.workloads, grant.workloads),
    ),
  );
}

/** Whether everything `inner` takes is taken by `outer` too. A `*` is only ever matched by a `*`. */
function spans(outer: readonly string[] | undefined, inner: readonly string[] | undefined): boolean {
  if (outer === undefined || outer.length === 0) return true;
  return inner !== undefined && inner.length > 0 && inner.every((pattern) => takes(outer, pattern));
}

/** Whether patterns take a name. None at all take everything, also what has no name. */
export function takes(patterns: readonly string[] | undefined, name: string | undefined): boolean {
  if (patterns === undefined || patterns.length === 0) return true;
  return name !== undefined && patterns.some((pattern) => matchesWildcard(pattern, name));
}
