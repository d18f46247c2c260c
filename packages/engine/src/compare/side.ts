import { failed, listNames, ok, problem, type Result, suggest } from '@leeway/core';
import type { Environment, Estate } from '@leeway/estate';

/** What one side of a comparison is: an environment as it was read, or as Git declares it. */
export interface Side {
  /** As it was given. */
  readonly text: string;
  readonly environment: Environment;
  readonly what:
    | { readonly type: 'latest' }
    /** As it was read last at or before then; ISO 8601 in UTC. */
    | { readonly type: 'moment'; readonly at: string }
    /** What Git declared when it was read last. */
    | { readonly type: 'declared' }
    | { readonly type: 'revision'; readonly revision: string };
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a side: `production-eu`, `production-eu@2026-11-30T08:00:00Z`, `production-eu@declared` or
 * `production-eu@declared:3f2a9c1`. Problems: LW3018 (no such environment), LW8301.
 */
export function parseSide(text: string, estate: Pick<Estate, 'environments'>): Result<Side> {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const environment = estate.environments.find((each) => each.name === name);
  if (!environment) {
    const names = estate.environments.map((each) => each.name);
    return failed(
      problem('LW3018', { environment: name, suggestion: suggest(name, names), allowed: listNames(names) }),
    );
  }
  const what = parseWhat(at < 0 ? undefined : text.slice(at + 1));
  return typeof what === 'string'
    ? failed(problem('LW8301', { side: text, reason: what }))
    : ok({ text, environment, what });
}

function parseWhat(text: string | undefined): Side['what'] | string {
  if (text === undefined) return { type: 'latest' };
  if (text === 'declared') return { type: 'declared' };
  if (text.startsWith('declared:')) {
    const revision = text.slice('declared:'.length);
    return revision === '' ? 'the revision is missing after "declared:"' : { type: 'revision', revision };
  }
  if (!instant.test(text)) return 'after "@" stands neither a moment with its offset nor "declared"';
  return Number.isNaN(Date.parse(text))
    ? `there is no moment ${text}`
    : { type: 'moment', at: new Date(text).toISOString() };
}

/** Whether a side is what Git says rather than what was read. */
export function isDeclared({ what }: Side): boolean {
  return what.type === 'declared' || what.type === 'revision';
}

/** What a side is called beside another one of the same environment. */
export function sideLabel({ environment, what }: Side): string {
  switch (what.type) {
    case 'latest':
      return environment.name;
    case 'moment':
      return `${environment.name} at ${what.at}`;
    case 'declared':
      return `${environment.name} as declared`;
    case 'revision':
      return `${environment.name} as declared at ${what.revision}`;
  }
}
