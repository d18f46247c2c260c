import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ServerContext } from './context.ts';
import { api } from './contract/api.ts';
import { createAnswerCache } from './http/answer-cache.ts';
import { bindContracts } from './http/bind.ts';
import { requestLog } from './http/request-log.ts';
import type { Principal } from './identity/principal.ts';
import { bodyLimit, handleErrors } from './plugins/errors.ts';
import { serveHealth } from './plugins/health.ts';
import { serveMetrics } from './plugins/metrics.ts';
import { describeApi } from './plugins/openapi.ts';
import { signInByProvider } from './plugins/sign-in.ts';
import { traceCalls } from './plugins/tracing.ts';
import { serveWeb } from './plugins/web.ts';
import { handlers } from './routes/handlers.ts';
import { serveHooks } from './routes/hooks.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
  }
}

/** The API over a context; listens to nothing yet. */
export async function buildApp(context: ServerContext): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: requestLog(context.log),
    bodyLimit,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    handlerTimeout: 60_000,
    routerOptions: { maxParamLength: 500 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  traceCalls(app);
  await app.register(helmet, securityHeaders);
  await app.register(cookie);
  await describeApi(app, context.version);
  app.decorateRequest('principal', undefined);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    request.principal = await context.authenticate(request);
  });
  serveHealth(app, context);
  serveMetrics(app, context);
  await serveHooks(app, context);
  const cache = createAnswerCache(
    () => context.views.version(),
    () => context.now().getTime(),
  );
  // The document lists the routes registered after it.
  app.after(() => bindContracts(app, api, handlers, context, cache));
  signInByProvider(app, context);
  if (context.web !== undefined) await serveWeb(app, context.web);
  await app.ready();
  return app;
}

/** Scripts and styles come from the server alone; no page of another may frame it. */
const securityHeaders = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: null,
    },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
} as const;
