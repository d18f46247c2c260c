/** Everything somebody may be allowed to do. A route names exactly one; what no role has, nobody may. */
export const permissions = [
  'findings:read',
  'findings:act',
  'approvals:request',
  'approvals:decide',
  'policies:evaluate',
  'scans:run',
  'jobs:manage',
  'sources:check',
  'deployments:record',
  'evidence:read',
  'settings:read',
  'settings:propose',
  'tokens:manage',
  'access:manage',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['viewer', 'operator', 'application-owner', 'approver', 'security', 'admin'] as const;
export type Role = (typeof roles)[number];

const reading: readonly Permission[] = ['findings:read', 'settings:read'];

/**
 * The one table of who may do what. Being allowed says nothing of one's own requests: that nobody decides those is a rule
 * of the core, whatever the role.
 */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reading,
  operator: [
    ...reading,
    'findings:act',
    'approvals:request',
    'policies:evaluate',
    'scans:run',
    'jobs:manage',
    'sources:check',
    'deployments:record',
  ],
  'application-owner': [...reading, 'findings:act', 'approvals:request', 'policies:evaluate', 'scans:run'],
  approver: [...reading, 'findings:act', 'approvals:request', 'approvals:decide'],
  security: [
    ...reading,
    'findings:act',
    'approvals:request',
    'approvals:decide',
    'policies:evaluate',
    'scans:run',
    'sources:check',
    'evidence:read',
  ],
  admin: permissions,
};

/** A role where it holds: everywhere, or in what the patterns name (`*` as wildcard). */
export interface Grant {
  readonly role: Role;
  readonly environments?: readonly string[];
  readonly workloads?: readonly string[];
}
