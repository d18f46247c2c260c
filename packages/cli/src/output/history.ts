import type { HistoryPage } from '../use-cases.ts';
import { formatColumns } from './columns.ts';
import { formatInstant } from './instant.ts';

/** What changed between scans, then the scans, newest first. */
export function* renderHistory(page: HistoryPage, options: { readonly width: number }): Generator<string> {
  const write = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  if (page.scans.length === 0 && page.events.length === 0) {
    yield 'Nothing was recorded yet: run "leeway scan".\n';
    return;
  }
  const events = page.events.map((each) => [
    formatInstant(each.at),
    each.event,
    each.fingerprint.slice(0, 8),
    each.environment,
    each.headline,
  ]);
  if (events.length > 0)
    yield `${write(formatColumns(['when', 'event', 'finding', 'environment', 'what'], events, options.width))}\n`;
  const scans = page.scans.map((each) => [
    formatInstant(each.at),
    String(each.exitCode),
    each.revision,
    each.environments.join(', '),
  ]);
  yield write(formatColumns(['scanned', 'exit', 'declared at', 'environments'], scans, options.width));
}
