import { digestHex, type Problem, ProblemError, problem } from '@leeway/core';
import type { JobRecord } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { matchesPattern } from '../jobs/scheduler.ts';
import { deploy } from './deploy.ts';
import type { Delivery } from './event.ts';
import { readDelivery } from './read.ts';
import type { HookSettings } from './settings.ts';
import { type HookCall, isVerified } from './verify.ts';

/** What a webhook led to. */
export interface Taken {
  readonly job?: JobRecord;
  /** Why it led to nothing, where it did. */
  readonly ignored?: string;
}

/** A delivery that says it is older was recorded and is played again. */
const oldestMilliseconds = 3_600_000;

/**
 * Takes a call of a webhook: verified over its bytes, refused when old, done once however often it is sent.
 * Problems: LW8003, LW8206 to LW8209, and those of the deployment it tells of.
 */
export async function takeHook(name: string, call: HookCall, context: ServerContext): Promise<Taken> {
  const hooks = context.settings.current().hooks;
  const hook = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
  if (!hook) throw new ProblemError(problem('LW8003', { what: 'hook', id: name }));
  const secret = context.variable(hook.secret);
  if (secret === undefined || secret === '') throw new ProblemError(problem('LW8207', { name, variable: hook.secret }));
  if (!isVerified(hook.kind, call, secret)) throw new ProblemError(problem('LW8206', { name }));
  const delivery = readDelivery(hook.kind, parseBody(call.body), call.headers);
  const old = checkAge(delivery, context.now());
  if (old) throw new ProblemError(old);
  return act(name, hook, delivery, context);
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ProblemError(problem('LW8209', { reason: 'it is not JSON' }));
  }
}

function checkAge({ at }: Delivery, now: Date): Problem | undefined {
  if (at === undefined) return undefined;
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) return problem('LW8209', { reason: 'its time is none' });
  return Math.abs(now.getTime() - moment) > oldestMilliseconds ? problem('LW8208', { at }) : undefined;
}

async function act(name: string, hook: HookSettings, delivery: Delivery, context: ServerContext): Promise<Taken> {
  const { event } = delivery;
  // Where a sender gives no id, what it says stands in for one within the age that is taken.
  const once = delivery.id === undefined ? undefined : `hook ${name} ${digestHex(delivery.id, 32)}`;
  switch (event.what) {
    case 'nothing':
      return { ignored: event.why };
    case 'push': {
      if (!hook.branches.some((pattern) => matchesPattern(pattern, event.branch)))
        return { ignored: `a push to ${event.branch}` };
      await context.watch.look();
      return scanScope(hook, 'push', once, context);
    }
    case 'change':
      return scanScope(hook, 'event', once, context);
    case 'deployment': {
      const environment = Object.hasOwn(hook.environments, event.environment)
        ? (hook.environments[event.environment] ?? event.environment)
        : event.environment;
      const { revision, actor } = event;
      const { job } = await deploy(
        {
          environment,
          sources: hook.sources,
          scan: true,
          ...(revision !== undefined && { revision }),
          ...(actor !== undefined && { actor }),
          ...(once !== undefined && { once }),
        },
        context,
      );
      return job ? { job } : {};
    }
  }
}

async function scanScope(
  hook: HookSettings,
  cause: 'push' | 'event',
  once: string | undefined,
  { queue, estate }: ServerContext,
): Promise<Taken> {
  if (hook.scan.length === 0) return { ignored: 'the hook names no environments to scan' };
  const names = estate.current().estate.environments.map(({ name }) => name);
  const environments = names.filter((name) => hook.scan.some((pattern) => matchesPattern(pattern, name)));
  if (environments.length === 0) return { ignored: 'no environment is meant' };
  const job = await queue.add({ kind: 'scan', cause, environments, sources: hook.sources, ...(once && { once }) });
  return { job };
}
