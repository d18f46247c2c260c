import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { withoutEmpty } from '../../api/search-params.ts';
import type { FindingsFilter, FindingsSearch } from './search.ts';

const route = getRouteApi('/shell/findings');

/** Changes of the address: filters, and which finding is in the pane. */
export function useFindingsSearch() {
  const navigate = route.useNavigate();
  const change = useCallback(
    (next: { readonly [K in keyof FindingsFilter]?: FindingsFilter[K] | undefined }) =>
      void navigate({ search: (before) => without({ ...before, ...next, open: undefined }) }),
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: ({ state, sort }) => without({ state, sort }) }), [navigate]);
  const open = useCallback(
    // Moving from one to the next is one step back, not many.
    (fingerprint: string) =>
      void navigate({
        search: (before) => ({ ...before, open: fingerprint }),
        replace: location.search.includes('open='),
      }),
    [navigate],
  );
  const close = useCallback(
    () => void navigate({ search: (before) => without({ ...before, open: undefined }) }),
    [navigate],
  );
  return { change, clear, open, close };
}

function without(search: { readonly [K in keyof FindingsSearch]?: FindingsSearch[K] | undefined }): FindingsSearch {
  return withoutEmpty(search) as FindingsSearch;
}
