import { useLocalStorage } from '@mantine/hooks';
import { parseSearch, stringifySearch } from '../../api/search-params.ts';
import { type FindingsFilter, filterOf, parseFindingsSearch } from './search.ts';

export interface SavedView {
  readonly name: string;
  readonly filter: FindingsFilter;
}

/** Views kept in this browser, by name. What is kept is checked like an address: it may be of an older version. */
export function useSavedViews() {
  const [kept, setKept] = useLocalStorage<Record<string, string>>({
    key: 'leeway-finding-views',
    defaultValue: {},
    getInitialValueInEffect: false,
    deserialize: readKept,
  });
  const views: readonly SavedView[] = Object.entries(kept)
    .map(([name, search]) => ({ name, filter: filterOf(parseFindingsSearch(parseSearch(search))) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return {
    views,
    save: (name: string, filter: FindingsFilter) => setKept({ ...kept, [name]: stringifySearch(filter) }),
    remove: (name: string) => setKept(Object.fromEntries(Object.entries(kept).filter(([other]) => other !== name))),
  };
}

/** Names and addresses; nothing where what is kept is something else. */
export function readKept(text: string | undefined): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
