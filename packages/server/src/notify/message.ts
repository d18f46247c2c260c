import { type Finding, type Severity, severities, type Verdict } from '@leeway/core';
import type { NewsEvent } from '@leeway/store';
import { matchesPattern } from '../jobs/scheduler.ts';
import type { ChannelSettings, RouteSettings } from './settings.ts';

export type NewsKind = 'new' | 'worse' | 'back' | 'resolved';

/** One cause in a message: the same change in six environments is one line. */
export interface MessageItem {
  readonly cause: string;
  readonly kind: NewsKind;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly headline: string;
  readonly environments: readonly string[];
  readonly owners: readonly string[];
  readonly fingerprints: readonly string[];
}

/** What a channel is told. Nothing in it is a secret; its texts come from live systems and are hostile. */
export interface Message {
  readonly estate: string;
  /** Worst first; a storm is cut, and `more` counts what was. */
  readonly items: readonly MessageItem[];
  readonly more: number;
}

const mostItems = 25;
const mostNames = 20;

/** What of an event is news to anybody: what is the same as before is not, nor what only waits to be applied. */
export function newsKindOf({ event, severity, before, finding }: NewsEvent): NewsKind | undefined {
  if (finding.verdict === 'pending') return undefined;
  switch (event) {
    case 'seen':
      return 'new';
    case 'reopened':
      return 'back';
    case 'resolved':
      return 'resolved';
    case 'changed':
      return before !== undefined && rank(severity) > rank(before) ? 'worse' : undefined;
  }
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Whether a route takes a finding: by owner, environment and severity. */
export function routeTakes(route: RouteSettings, finding: Finding, severity: Severity): boolean {
  const takes = (patterns: readonly string[], name: string) =>
    patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, name));
  return (
    rank(severity) >= rank(route.severity) &&
    takes(route.owners, finding.owner ?? '') &&
    takes(route.environments, finding.environment)
  );
}

/** The items a channel is told of, by cause; none where nothing is news to it. */
export function itemsFor(
  events: readonly NewsEvent[],
  routes: readonly RouteSettings[],
  channel: ChannelSettings,
): readonly MessageItem[] {
  const items = new Map<string, MessageItem>();
  for (const event of events) {
    const kind = newsKindOf(event);
    if (kind === undefined || (kind === 'resolved' && !channel.resolved)) continue;
    const { finding, severity } = event;
    if (!routes.some((route) => routeTakes(route, finding, severity))) continue;
    const item: MessageItem = {
      cause: finding.cause,
      kind,
      severity,
      verdict: finding.verdict,
      headline: event.headline,
      environments: [finding.environment],
      owners: finding.owner === undefined ? [] : [finding.owner],
      fingerprints: [finding.fingerprint],
    };
    const key = `${kind === 'resolved'} ${finding.cause}`;
    const known = items.get(key);
    items.set(key, known ? joined(known, item) : item);
  }
  return [...items.values()];
}

function joined(left: MessageItem, right: MessageItem): MessageItem {
  const worst = rank(right.severity) > rank(left.severity) ? right : left;
  const both = (names: (item: MessageItem) => readonly string[]) => [...new Set([...names(left), ...names(right)])];
  return {
    ...worst,
    environments: both(({ environments }) => environments).slice(0, mostNames),
    owners: both(({ owners }) => owners).slice(0, mostNames),
    fingerprints: both(({ fingerprints }) => fingerprints).slice(0, mostNames),
  };
}

/** A message of items, added to one that still waits. What was new and is resolved before anybody was told is no news. */
export function composeMessage(estate: string, items: readonly MessageItem[], waiting?: Message): Message {
  const all = new Map<string, MessageItem>();
  for (const item of [...(waiting?.items ?? []), ...items]) {
    const known = all.get(item.cause);
    if (item.kind === 'resolved' && known && known.kind !== 'resolved') {
      all.delete(item.cause);
      continue;
    }
    all.set(item.cause, known && known.kind !== 'resolved' ? joined(known, item) : item);
  }
  const sorted = [...all.values()].sort((left, right) => rank(right.severity) - rank(left.severity));
  const more = (waiting?.more ?? 0) + Math.max(0, sorted.length - mostItems);
  return { estate, items: sorted.slice(0, mostItems), more };
}

const words: Readonly<Record<NewsKind, string>> = { new: 'new', worse: 'worse', back: 'back', resolved: 'resolved' };

/** `northwind: 2 new, 1 resolved; worst is critical`. */
export function summaryOf({ estate, items, more }: Message): string {
  const counts = Object.entries(words).flatMap(([kind, word]) => {
    const count = items.filter((item) => item.kind === kind).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  const worst = items.find(({ kind }) => kind !== 'resolved')?.severity;
  const rest = more > 0 ? [`${more} more causes`] : [];
  return `${estate}: ${[...counts, ...rest].join(', ')}${worst === undefined ? '' : `; worst is ${worst}`}`;
}

/** One item as a line of text. */
export function lineOf({ kind, severity, headline, environments }: MessageItem): string {
  const where = environments.length > 1 ? ` (${environments.length} environments)` : '';
  return `[${severity}, ${words[kind]}] ${headline}${where}`;
}
