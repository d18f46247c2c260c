import { type HeadlinePart, headlineText, type Severity, type Verdict } from '@leeway/core';
import type { DeploymentRecord } from '@leeway/engine';
import type { Estate } from '@leeway/estate';
import type { FindingHappened, HappenedFilter } from '@leeway/store';
import type { z } from 'zod';
import type { happening } from '../contract/overview.ts';
import type { Principal } from '../identity/principal.ts';
import { sightOver } from '../identity/scope.ts';
import { wholeEstate } from './select.ts';

export type Happening = z.output<typeof happening>;

/** Where somebody sees what happened, as the store asks for it; `only` narrows it to environments. */
export function sightsOf(principal: Principal, estate: Estate, only?: readonly string[]): HappenedFilter['sights'] {
  const names = [...estate.environments.map(({ name }) => name), wholeEstate];
  const wanted = only === undefined ? names : names.filter((name) => only.includes(name));
  return sightOver(principal, wanted).map(({ environments, workloads }) => ({
    environments,
    ...(workloads && { workloads: workloads.map(likePattern) }),
  }));
}

/** A pattern with `*` as LIKE has it. */
function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}

/** What a scan saw, as one sentence. */
export function findingHappening(seen: FindingHappened): Happening {
  const { at, event, environment, fingerprint, headline, parts } = seen;
  // The sentence of then: its parts are known only while it is the same.
  const sentence: readonly HeadlinePart[] = headlineText(parts) === headline ? parts : [{ text: headline }];
  return {
    at,
    what: event === 'resolved' ? 'resolved' : 'finding',
    environment,
    headline: [...sentence],
    fingerprint,
    severity: seen.severity as Severity,
    verdict: seen.verdict as Verdict,
  };
}

/** A deployment, as one sentence. */
export function releaseHappening(
  { at, environment, source, revision, actor }: DeploymentRecord,
  estate: Estate,
): Happening {
  const title = estate.sources.find(({ id }) => id === source)?.title ?? source;
  return {
    at,
    what: 'release',
    environment,
    headline: [
      { text: title, role: 'resource' },
      { text: ` was deployed at ${shortRevision(revision)} to ` },
      { text: environment, role: 'environment' },
      ...(actor === undefined ? [] : [{ text: ' by ' }, { text: actor, role: 'actor' } as const]),
      { text: '.' },
    ],
    ...(actor !== undefined && { actor }),
  };
}

export function shortRevision(revision: string): string {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 12) : revision;
}

/** Newest first. */
export function byNewest(left: Happening, right: Happening): number {
  return Date.parse(right.at) - Date.parse(left.at);
}
