import type { sessionContracts } from '../contract/session.ts';
import type { HandlersOf } from '../http/call.ts';
import { heldPermissions } from '../identity/principal.ts';

type Session = Pick<typeof sessionContracts, 'getMe'>;

export const sessionHandlers: HandlersOf<Session> = {
  async getMe({ principal }, { estate, version }) {
    const { id, name, email, kind, grants, csrf } = principal;
    const current = estate.current().estate;
    return {
      person: { id, name, kind, ...(email !== undefined && { email }) },
      grants: grants.map(({ role, environments, workloads }) => ({
        role,
        ...(environments && { environments: [...environments] }),
        ...(workloads && { workloads: [...workloads] }),
      })),
      permissions: [...heldPermissions(principal)],
      ...(csrf !== undefined && { csrf }),
      estate: {
        name: current.name,
        title: current.title,
        isExample: current.asOf !== undefined,
        revision: current.revision,
        ...(current.asOf !== undefined && { asOf: current.asOf }),
      },
      version,
    };
  },
};
