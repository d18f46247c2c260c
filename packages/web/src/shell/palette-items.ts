import type { NavigateOptions } from '@tanstack/react-router';
import type { IconName } from '../components/icon.tsx';
import { screens } from './screens.ts';

export interface Found {
  readonly what: 'environment' | 'workload' | 'finding' | 'approved' | 'policy' | 'source';
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
}

export interface PaletteItem {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly icon: IconName;
  readonly link: NavigateOptions;
}

/** Where each kind of find leads. */
const places: Readonly<
  Record<
    Found['what'],
    { readonly icon: IconName; readonly word: string; readonly link: (id: string) => NavigateOptions }
  >
> = {
  environment: {
    icon: 'environments',
    word: 'environment',
    link: (id) => ({ to: '/environments/$environment', params: { environment: id } }),
  },
  workload: { icon: 'release', word: 'workload', link: (id) => ({ to: '/findings', search: { workload: id } }) },
  finding: {
    icon: 'findings',
    word: 'finding',
    link: (id) => ({ to: '/findings/$fingerprint', params: { fingerprint: id } }),
  },
  approved: {
    icon: 'approved',
    word: 'approved difference',
    link: (id) => ({ to: '/approved', search: { open: id } }),
  },
  policy: { icon: 'policies', word: 'policy', link: (id) => ({ to: '/policies', search: { open: id } }) },
  source: { icon: 'sources', word: 'source', link: (id) => ({ to: '/findings', search: { source: id } }) },
};

/** Screens whose title has the words, then what the server found. Without words: the screens. */
export function paletteItems(text: string, found: readonly Found[]): readonly PaletteItem[] {
  const words = text.toLowerCase();
  const shown = screens
    .filter(({ title }) => title.toLowerCase().includes(words))
    .map(({ title, to, icon, key }) => ({ key: `screen ${to}`, title, detail: `g ${key}`, icon, link: { to } }));
  const others = found.map(({ what, id, title, detail }) => {
    const { icon, word, link } = places[what];
    return {
      key: `${what} ${id}`,
      title,
      detail: detail === undefined ? word : `${word} · ${detail}`,
      icon,
      link: link(id),
    };
  });
  return [...shown, ...others];
}
