import { pick } from '../../api/search-params.ts';

const shows = ['differing', 'approved', 'all'] as const;

export interface CompareSearch {
  readonly left?: string;
  readonly right?: string;
  readonly layer?: string;
  readonly workload?: string;
  readonly kind?: string;
  readonly show?: (typeof shows)[number];
  readonly q?: string;
  /** The resource in the pane, as `writeResourceId` has it. */
  readonly open?: string;
}

export function parseCompareSearch(search: Record<string, unknown>): CompareSearch {
  const show = shows.find((one) => one === search['show']);
  return {
    ...pick(search, ['left', 'right', 'layer', 'workload', 'kind', 'q', 'open']),
    ...(show && show !== 'differing' && { show }),
  };
}

/** A side taken apart: an environment, and how it is meant. */
export interface SideParts {
  readonly environment: string;
  readonly as: 'last' | 'moment' | 'declared';
  /** The instant of a moment, or the revision of a declaration; empty for the newest. */
  readonly detail: string;
}

/** `production-eu@declared:3f2a9c1` → its parts. An environment's name has no `@`. */
export function readSide(text: string): SideParts {
  const at = text.lastIndexOf('@');
  if (at < 0) return { environment: text, as: 'last', detail: '' };
  const [environment, rest] = [text.slice(0, at), text.slice(at + 1)];
  if (rest === 'declared') return { environment, as: 'declared', detail: '' };
  if (rest.startsWith('declared:')) return { environment, as: 'declared', detail: rest.slice('declared:'.length) };
  return { environment, as: 'moment', detail: rest };
}

export function writeSide({ environment, as, detail }: SideParts): string {
  if (as === 'declared') return detail === '' ? `${environment}@declared` : `${environment}@declared:${detail}`;
  return as === 'moment' && detail !== '' ? `${environment}@${detail}` : environment;
}
