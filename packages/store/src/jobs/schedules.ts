import type { Database } from '../sql/database.ts';
import { timeValue } from '../sql/values.ts';

/** When a schedule runs next; moments are ISO 8601. */
export interface ScheduleState {
  readonly name: string;
  readonly digest: string;
  readonly nextRun: string;
  readonly lastRun?: string;
}

export interface ScheduleStore {
  list(estate: string): Promise<readonly ScheduleState[]>;
  /** Makes `states` the schedules of an estate: the others are dropped, one that was changed starts anew. */
  keep(estate: string, states: readonly Omit<ScheduleState, 'lastRun'>[]): Promise<void>;
  /** Moves a schedule on from one run to the next; false where somebody else did so before. */
  advance(estate: string, name: string, from: string, to: string): Promise<boolean>;
}

export function scheduleStore({ db }: Database): ScheduleStore {
  return {
    async list(estate) {
      const rows = await db.selectFrom('leeway.schedule').selectAll().where('estate', '=', estate).execute();
      return rows.map((row) => ({
        name: row.name,
        digest: row.digest,
        nextRun: row.next_run,
        ...(row.last_run !== null && { lastRun: row.last_run }),
      }));
    },
    async keep(estate, states) {
      await db.transaction().execute(async (trx) => {
        const names = states.map(({ name }) => name);
        const others = trx.deleteFrom('leeway.schedule').where('estate', '=', estate);
        await others.where('name', 'not in', [...names, '']).execute();
        for (const { name, digest, nextRun } of states) {
          await trx
            .insertInto('leeway.schedule')
            .values({ estate, name, digest, next_run: timeValue(nextRun), last_run: null })
            .onConflict((conflict) =>
              conflict
                .columns(['estate', 'name'])
                .doUpdateSet({ digest, next_run: timeValue(nextRun) })
                .where('leeway.schedule.digest', '!=', digest),
            )
            .execute();
        }
      });
    },
    async advance(estate, name, from, to) {
      const { numUpdatedRows } = await db
        .updateTable('leeway.schedule')
        .set({ next_run: timeValue(to), last_run: timeValue(from) })
        .where('estate', '=', estate)
        .where('name', '=', name)
        .where('next_run', '=', timeValue(from))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
