import type { Resource } from '@leeway/core';
import type { Acl } from '@platformatic/kafka';
import type { Library } from './connect.ts';

/** A binding with words instead of the protocol's numbers. */
export interface NamedAcl {
  readonly principal: string;
  readonly host: string;
  readonly permission: string;
  readonly operation: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** `literal` or `prefixed`. */
  readonly pattern: string;
}

export function nameAcl(acl: Acl, library: Library): NamedAcl {
  return {
    principal: acl.principal,
    host: acl.host,
    permission: wordFor(library.AclPermissionTypes, acl.permissionType),
    operation: wordFor(library.AclOperations, acl.operation),
    resourceType: wordFor(library.ResourceTypes, acl.resourceType),
    resourceName: acl.resourceName,
    pattern: wordFor(library.ResourcePatternTypes, acl.resourcePatternType),
  };
}

/** The key says all of it, so that a binding is there or it is not. */
export function aclResource(acl: NamedAcl): Resource {
  const star = acl.pattern === 'prefixed' ? '*' : '';
  const from = acl.host === '*' ? '' : ` from ${acl.host}`;
  const key = `${acl.permission} ${acl.principal} ${acl.operation} ${acl.resourceType} ${acl.resourceName}${star}${from}`;
  return { kind: 'kafka.acl', key, attributes: { ...acl } };
}

/** Operations that let one see a topic (authorization in Kafka's documentation). */
const seeing = new Set(['all', 'describe', 'read', 'write', 'delete', 'alter']);

/**
 * Whether the user sees every topic, as far as its own bindings tell: brokers leave out of their lists, without a word,
 * topics one may not describe. One without any binding is taken for a super user; nobody can tell.
 */
export function seesEveryTopic(acls: readonly NamedAcl[], username: string | undefined): boolean {
  const own = acls.filter(
    ({ principal, resourceType }) =>
      resourceType === 'topic' && (principal === `User:${username}` || principal === 'User:*'),
  );
  if (username === undefined || !own.some(({ principal }) => principal === `User:${username}`)) return true;
  return own.some(
    ({ permission, operation, resourceName, pattern }) =>
      permission === 'allow' &&
      seeing.has(operation) &&
      (resourceName === '*' || (pattern === 'prefixed' && resourceName === '')),
  );
}

/** `DESCRIBE_CONFIGS` of the protocol's number 10, as `describe configs`. */
function wordFor(names: Readonly<Record<string, number>>, value: number): string {
  const found = Object.entries(names).find(([, number]) => number === value)?.[0] ?? `unknown ${value}`;
  return found.toLowerCase().replaceAll('_', ' ');
}
