import { ProblemError, problem } from '@leeway/core';
import type { FastifyRequest } from 'fastify';
import type { sessionContracts } from '../contract/session.ts';
import { noteForAudit } from '../http/audited.ts';
import type { HandlersOf } from '../http/call.ts';
import { checkLocalAccount } from '../identity/local.ts';
import { farewell } from '../identity/oidc.ts';
import { heldPermissions } from '../identity/principal.ts';
import { beginSession, endSession } from '../identity/sessions.ts';
import { isSetUpDue, useSetUpLink } from '../identity/set-up.ts';
import { allowsLocal } from '../identity/settings.ts';
import { isForeign, originFor, type Site } from '../identity/site.ts';

export const sessionHandlers: HandlersOf<typeof sessionContracts> = {
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

  async listSignInWays(_, context) {
    const setUp = await isSetUpDue(context);
    const { oidc } = context.signIn();
    return {
      ...(oidc && { oidc: { title: oidc.title, url: '/auth/login' } }),
      local: !setUp && allowsLocal(context.signIn()),
      setUp,
    };
  },

  async useSetUpLink({ body, request, reply }, context) {
    refuseForeign(context.site, request);
    noteForAudit(request, { actor: body.name });
    await beginSession(context, await useSetUpLink(context, body), request, reply);
  },

  async signIn({ body, request, reply }, context) {
    refuseForeign(context.site, request);
    noteForAudit(request, { actor: body.name });
    await beginSession(context, await checkLocalAccount(context, body), request, reply);
  },

  async signOut({ request, reply }, context) {
    const issuer = await endSession(context, request, reply);
    const { oidc } = context.signIn();
    const origin = originFor(context.site, request);
    if (oidc?.issuer !== issuer || origin === undefined) return {};
    // Signed out here it is; that the provider does not answer must not hold that up.
    const next = await farewell(oidc, context.variable, new URL('/sign-in', origin)).catch(() => undefined);
    return next === undefined ? {} : { next };
  },
};

/** A page of another must not sign anybody in here, not even as themselves. */
function refuseForeign(site: Site, request: FastifyRequest): void {
  if (isForeign(site, request)) throw new ProblemError(problem('LW8009'));
}
