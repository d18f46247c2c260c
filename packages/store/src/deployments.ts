import type { DeploymentStore } from '@leeway/engine';
import type { Database } from './sql/database.ts';
import { timeValue } from './sql/values.ts';

/** What was applied where, as `leeway applied` recorded it. */
export function deploymentStore({ db }: Database): DeploymentStore {
  return {
    async record({ estate, environment, source, revision, at, actor = null }) {
      const row = { estate, environment, source, revision, actor, at: timeValue(at) };
      await db.insertInto('leeway.deployment').values(row).execute();
    },
    async latest(estate, environment, source) {
      const row = await db
        .selectFrom('leeway.deployment')
        .selectAll()
        .where('estate', '=', estate)
        .where('environment', '=', environment)
        .where('source', '=', source)
        .orderBy('at', 'desc')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      const { revision, at, actor } = row;
      return { estate, environment, source, revision, at, ...(actor !== null && { actor }) };
    },
  };
}
