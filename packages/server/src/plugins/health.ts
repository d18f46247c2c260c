import { ProblemError } from '@leeway/core';
import type { FastifyInstance } from 'fastify';
import type { ServerContext } from '../context.ts';

/** One thing that has to be right before calls are sent here. */
interface Check {
  readonly what: 'database' | 'estate' | 'settings' | 'shutdown';
  readonly ok: boolean;
  /** A coded problem's text, where there is one. It holds no secret. */
  readonly says?: string;
}

const patienceMilliseconds = 2000;

/** `/healthz`: the process answers. `/readyz`: it can do its work; 503 with what is missing where it can not. */
export function serveHealth(app: FastifyInstance, context: ServerContext): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  const open = { schema: { hide: true }, config: { open: true }, logLevel: 'warn' } as const;
  app.get('/healthz', open, async (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  app.get('/readyz', open, async (_request, reply) => {
    const checks = [
      { what: 'shutdown', ok: !isClosing } as const,
      await checkDatabase(context),
      ...checkFiles(context),
    ];
    // Mistakes in the newest revision leave the last good one in force: calls are still answered.
    const isReady = checks.every(({ what, ok }) => ok || what === 'estate' || what === 'settings');
    return reply
      .status(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok: isReady, checks });
  });
}

async function checkDatabase({ store }: ServerContext): Promise<Check> {
  const late = Promise.withResolvers<Check>();
  const timer = setTimeout(
    () => late.resolve({ what: 'database', ok: false, says: `${store.label} does not answer` }),
    patienceMilliseconds,
  );
  try {
    const asked = store.gauges.ping().then((): Check => ({ what: 'database', ok: true }));
    return await Promise.race([asked, late.promise]);
  } catch (error) {
    const says = error instanceof ProblemError ? error.problem.message : `${store.label} does not answer`;
    return { what: 'database', ok: false, says };
  } finally {
    clearTimeout(timer);
  }
}

function checkFiles({ estate, settings }: ServerContext): readonly Check[] {
  const [estateProblem] = estate.problems();
  const [settingsProblem] = settings.problems();
  return [
    {
      what: 'estate',
      ok: !estateProblem,
      ...(estateProblem && { says: `${estateProblem.code} ${estateProblem.message}` }),
    },
    {
      what: 'settings',
      ok: !settingsProblem,
      ...(settingsProblem && { says: `${settingsProblem.code} ${settingsProblem.message}` }),
    },
  ];
}
