import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from '../components/icon.tsx';

export interface ScreenLink {
  readonly title: string;
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  /** Second key of `g …`. */
  readonly key: string;
  /** Stands in the bottom bar of a phone; the others are behind "More". */
  readonly main?: true;
}

/** The screens of the rail, in its order. */
export const screens: readonly ScreenLink[] = [
  { title: 'Overview', to: '/', icon: 'overview', key: 'o', main: true },
  { title: 'Environments', to: '/environments', icon: 'environments', key: 'e' },
  { title: 'Compare', to: '/compare', icon: 'compare', key: 'c', main: true },
  { title: 'Findings', to: '/findings', icon: 'findings', key: 'f', main: true },
  { title: 'Approved differences', to: '/approved', icon: 'approved', key: 'a' },
  { title: 'Policies', to: '/policies', icon: 'policies', key: 'p' },
  { title: 'Timeline', to: '/timeline', icon: 'timeline', key: 't', main: true },
  { title: 'Sources', to: '/sources', icon: 'sources', key: 's' },
  { title: 'Audit and evidence', to: '/audit', icon: 'audit', key: 'u' },
  { title: 'Settings', to: '/settings', icon: 'settings', key: 'x' },
];
