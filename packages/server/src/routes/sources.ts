import { ProblemError, problem } from '@leeway/core';
import { checkSources } from '@leeway/engine/sources/check-sources.ts';
import type { sourceContracts } from '../contract/sources.ts';
import type { HandlersOf } from '../http/call.ts';
import { problemOf } from '../http/problem-of.ts';
import { may } from '../identity/principal.ts';
import { shownReading } from '../views/readings.ts';
import { upcomingOf } from '../views/upcoming.ts';

/** Running jobs looked at. */
const mostRunning = 100;

export const sourceHandlers: HandlersOf<typeof sourceContracts> = {
  async listSources({ principal }, { views, store, settings }) {
    const view = await views.open(principal);
    const estate = view.current.estate.name;
    const [readings, states, jobs] = await Promise.all([
      view.readings(),
      store.schedules.list(estate),
      store.jobs.list(estate, { states: ['running'], limit: mostRunning }),
    ]);
    const planned = { ...{ states, jobs }, schedules: settings.current().schedules };
    const items = readings.map((reading) => {
      const shown = shownReading(reading, view.clock);
      return { ...shown, ...upcomingOf(shown, planned) };
    });
    return { items };
  },

  async checkSource({ params, body, principal, signal }, { estate }) {
    const { options, estate: declared } = estate.current();
    const source = declared.sources.find(({ id }) => id === params.source);
    const isSeen = may(principal, 'findings:read', { environment: body.environment });
    if (!source?.environments.includes(body.environment) || !isSeen) {
      throw new ProblemError(problem('LW8003', { what: 'source', id: params.source }));
    }
    if (!may(principal, 'sources:check', { environment: body.environment })) {
      const scope = ` in ${body.environment}`;
      throw new ProblemError(problem('LW8002', { name: principal.name, permission: 'sources:check', scope }));
    }
    const only = { environments: [body.environment], sources: [source.id] };
    const checks = await checkSources({ ...options, ...only, failOn: 'none', signal });
    const items = checks.map(async ({ plane, connector, lines }) => ({
      plane: plane as 'declared' | 'applied' | 'observed',
      connector,
      ok: lines.every(({ ok }) => ok),
      capabilities: lines.map(({ what, ok, problem: found }) => ({
        ...{ what, ok },
        ...(found && { problem: problemOf(found) }),
      })),
      problems: lines.flatMap(({ problem: found }) => (found ? [problemOf(found)] : [])),
      permissions: [...((await options.connectors.load(connector))?.permissions ?? [])],
    }));
    return { items: await Promise.all(items) };
  },
};
