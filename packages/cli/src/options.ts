import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatNames } from './output/format-names.ts';

/** What `--fail-on` takes, strictest first. */
export const failOnChoices = ['new', 'low', 'medium', 'high', 'critical', 'none'] as const;

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An instant with its zone; a plain date or a local time is refused, because it means another moment elsewhere. */
export function parseNow(text: string): string {
  if (!instant.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('It takes an instant with its zone, such as 2026-11-23T14:30:00Z.');
  }
  return text;
}

/** A whole number of at least 1. */
export function parseCount(text: string): string {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 to 999999.');
  return text;
}

/** Options every command takes, before or after its name. */
export function declareGlobalOptions(program: Command): void {
  program
    .option('--estate <dir>', 'folder of leeway.yaml (default: the nearest one upwards)')
    .option('--ref <revision>', 'Git revision to read the declared plane at (default: the working tree)')
    .option('--database <url>', 'PostgreSQL to keep state in (default: LEEWAY_DATABASE_URL, else .leeway/)')
    .option('--no-store', 'keep nothing and know nothing of earlier scans: for folders that cannot be written')
    .addOption(new Option('--format <format>', 'form of the report').choices(formatNames))
    .option('--output <file>', 'write the report to a file, wholly or not at all')
    .addOption(new Option('--fail-on <level>', 'exit with 2 from this level on (default: low)').choices(failOnChoices))
    .option('--strict', 'show also what normalisation folds: defaults, spellings, order')
    .option('--show-approved', 'list approved differences with their reason')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--quiet', 'print nothing but errors')
    .option('--verbose', 'say on stderr what is read, also where stderr is no terminal')
    .addOption(
      new Option('--now <instant>', 'judge as if it were this moment, for runs that can be repeated').argParser(
        parseNow,
      ),
    );
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}
