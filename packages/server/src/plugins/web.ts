import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A year: files under `assets/` carry a hash of what is in them. */
const forever = 'public, max-age=31536000, immutable';

/**
 * Serves the built web application below `folder`: assets for ever, everything else asked for again, and its page for
 * every address that a screen may have. Only files that lie in the folder when the server starts are ever sent: each is a
 * route of its own, and no text of an address becomes a path.
 */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(async (pages) => {
    // Whoever sets up or signs in has to get the page first.
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true, beforeSetUp: true };
    });
    await pages.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      globIgnore: ['**/*.br', '**/*.gz', '.vite/**'],
      schemaHide: true,
      setHeaders(reply, path) {
        reply.header('cache-control', path.startsWith(join(folder, 'assets')) ? forever : 'no-cache');
      },
    });
    pages.get('/*', { schema: { hide: true } }, (request, reply) => sendPage(request, reply));
  });
}

/** The page; not for addresses of the API or of files, which are said not to be there. */
function sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  if (/^\/(?:api|assets)(?:\/|$)/.test(path)) {
    reply.callNotFound();
    return reply;
  }
  return reply.sendFile('index.html');
}

/** Whether a folder holds a built application. */
export function holdsWeb(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}
