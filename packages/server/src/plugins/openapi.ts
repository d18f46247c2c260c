import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  createJsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { api } from '../contract/api.ts';
import { schemaOf } from '../http/bind.ts';
import { apiPrefix } from '../http/prefix.ts';

/** Serves the OpenAPI 3.1 document of all routes registered after it, at `/api/openapi.json`. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Leeway', description: 'Environments, what drifted in them, and what may differ.', version },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'leeway_session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: createJsonSchemaTransform({}),
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/api/openapi.json', { schema: { hide: true }, config: { open: true } }, () => app.swagger());
}

/** The document of the contracts alone, without a server: what the web's client is generated from. */
export async function openApiDocument(version: string): Promise<object> {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await describeApi(app, version);
  app.after(() => {
    for (const [operationId, contract] of Object.entries(api)) {
      app.route({
        method: contract.method,
        url: `${apiPrefix}${contract.url}`,
        schema: schemaOf(operationId, contract),
        handler: () => undefined,
      });
    }
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
