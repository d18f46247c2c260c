import type { SnapshotHeader } from '@leeway/core';
import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText, withResult } from '../deliver.ts';
import { writeAll } from '../io.ts';
import { parseCount, parseNow } from '../options.ts';

/** `leeway history` */
export const history: CommandDefinition = {
  declare(command) {
    command
      .option('--snapshots', 'list the readings that are kept, with the ids "leeway diff" takes')
      .option('--environment <name>', 'only what happened there')
      .option('--since <instant>', 'only what happened after it', parseNow)
      .option('--limit <count>', 'lines at most', parseCount, '50');
  },
  async run({ settings, io, options, useCases }) {
    const environment = options.text('environment');
    const since = options.text('since');
    const { history: readHistory, snapshots } = await useCases();
    const request = {
      ...settings.estate,
      limit: Number(options.text('limit') ?? 50),
      ...(environment !== undefined && { environment }),
    };
    if (options.flag('snapshots')) {
      return withResult(io, await snapshots(request), async (kept) => {
        if (settings.format === 'json') await deliverJson(io, kept);
        else await deliverText(io, await describeSnapshots(kept, settings.width));
        return 0;
      });
    }
    const result = await readHistory({ ...request, ...(since !== undefined && { since }) });
    return withResult(io, result, async (page) => {
      if (settings.format === 'json') await deliverJson(io, page);
      else {
        const { renderHistory } = await import('../output/history.ts');
        await writeAll(io.stdout, renderHistory(page, settings));
      }
      return 0;
    });
  },
};

async function describeSnapshots(kept: readonly SnapshotHeader[], width: number): Promise<readonly string[]> {
  if (kept.length === 0) return ['Nothing was recorded yet: run "leeway scan".'];
  const { renderSnapshots } = await import('../output/history.ts');
  return renderSnapshots(kept, width);
}
