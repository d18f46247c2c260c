import type { SnapshotHeader } from '@leeway/core';
import type { HistoryPage } from '../use-cases.ts';
import { formatColumns } from './columns.ts';
import { formatInstant } from './instant.ts';
import { countOf, makeVisible, wrapProse } from './text.ts';

const indent = '  ';

/** What changed between scans, then the scans, newest first. */
export function* renderHistory(page: HistoryPage, options: { readonly width: number }): Generator<string> {
  const write = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  if (page.scans.length === 0 && page.events.length === 0) {
    yield 'Nothing was recorded yet: run "leeway scan".\n';
    return;
  }
  for (const each of page.events) {
    yield `${formatInstant(each.at)}  ${each.event.padEnd(8)}  ${each.fingerprint.slice(0, 8)}\n`;
    yield write(wrapProse(makeVisible(each.headline), options.width - indent.length).map((line) => indent + line));
  }
  if (page.events.length > 0) yield '\n';
  const scans = page.scans.map((each) => [
    formatInstant(each.at),
    String(each.exitCode),
    each.revision,
    each.environments.join(', '),
  ]);
  yield write(formatColumns(['scanned', 'exit', 'declared at', 'environments'], scans, options.width));
}

/** The readings that are kept: id, when, of what, how many resources. */
export function renderSnapshots(kept: readonly SnapshotHeader[], width: number): readonly string[] {
  const rows = kept.map((each) => [
    each.id,
    formatInstant(each.takenAt),
    `${each.source} ${each.plane} in ${each.environment}: ${countOf(each.count, 'resource')}`,
  ]);
  return formatColumns(['snapshot', 'taken', 'what'], rows, width);
}
