import { ProblemError, problem } from '@leeway/core';
import type { FastifyInstance } from 'fastify';
import type { ServerContext } from '../context.ts';
import type { deploymentContracts } from '../contract/deployments.ts';
import { deploy } from '../hooks/deploy.ts';
import { takeHook } from '../hooks/take.ts';
import type { HandlersOf } from '../http/call.ts';
import { may } from '../identity/principal.ts';
import { jobDocument } from './jobs.ts';

export const deploymentHandlers: HandlersOf<typeof deploymentContracts> = {
  async recordDeployment({ body, principal }, context) {
    const { environment, revision, sources, scan, actor = principal.name, at } = body;
    if (!may(principal, 'deployments:record', { environment })) {
      const values = { name: principal.name, permission: 'deployments:record', scope: ` in ${environment}` };
      throw new ProblemError(problem('LW8002', values));
    }
    const asked = { environment, revision, sources, scan, actor, ...(at !== undefined && { at }) };
    const { sources: recorded, job } = await deploy(asked, context);
    return { sources: [...recorded], ...(job && { job: jobDocument(job, principal) }) };
  },
};

/** Where other systems tell what happened: `POST /hooks/<name>`, with the secret of that hook instead of a session. */
export async function serveHooks(app: FastifyInstance, context: ServerContext): Promise<void> {
  await app.register(async (hooks) => {
    // Signatures are over bytes, so nothing parses them first.
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    hooks.post<{ Params: { readonly name: string } }>(
      '/hooks/:name',
      { schema: { hide: true }, config: { open: true } },
      async ({ params, headers, body }, reply) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const { job, ignored } = await takeHook(params.name, { headers, body: bytes }, context);
        return reply.status(202).send({ ...(job && { job: job.id }), ...(ignored !== undefined && { ignored }) });
      },
    );
  });
}
