import type { CommandDefinition } from '../command.ts';
import { deliverJson, withResult } from '../deliver.ts';
import { writeAll } from '../io.ts';
import { parseCount, parseNow } from '../options.ts';

/** `leeway history` */
export const history: CommandDefinition = {
  declare(command) {
    command
      .option('--environment <name>', 'only what happened there')
      .option('--since <instant>', 'only what happened after it', parseNow)
      .option('--limit <count>', 'lines at most', parseCount, '50');
  },
  async run({ settings, io, options, useCases }) {
    const environment = options.text('environment');
    const since = options.text('since');
    const { history: readHistory } = await useCases();
    const result = await readHistory({
      ...settings.estate,
      limit: Number(options.text('limit') ?? 50),
      ...(environment !== undefined && { environment }),
      ...(since !== undefined && { since }),
    });
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
