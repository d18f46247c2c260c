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
  { title: 'Findings', to: '/findings', icon: 'findings', key: 'f', main: true },
];
