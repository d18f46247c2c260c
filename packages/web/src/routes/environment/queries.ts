import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';

export function environmentQuery(environment: string) {
  return queryOptions({
    queryKey: ['environment', environment],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/environments/{environment}', { params: { path: { environment } }, signal })),
  });
}

export interface ResourceFilter {
  readonly layer?: string;
  readonly workload?: string;
  readonly kind?: string;
  readonly source?: string;
  readonly q?: string;
}

export function resourcesQuery(environment: string, filter: ResourceFilter) {
  return infiniteQueryOptions({
    queryKey: ['resources', environment, filter],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/environments/{environment}/resources', {
          params: {
            path: { environment },
            query: { ...filter, limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
  });
}

export interface ResourceId {
  readonly source: string;
  readonly kind: string;
  readonly key: string;
}

/** A resource in an address: three parts that hold anything. */
export function writeResourceId({ source, kind, key }: ResourceId): string {
  return [source, kind, key].map(encodeURIComponent).join('/');
}

export function readResourceId(text: string | undefined): ResourceId | undefined {
  const parts = text?.split('/').map(decodePart);
  const [source, kind, key] = parts ?? [];
  return parts?.length === 3 && source !== undefined && kind !== undefined && key !== undefined
    ? { source, kind, key }
    : undefined;
}

function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export function resourceQuery(environment: string, id: ResourceId) {
  return queryOptions({
    queryKey: ['resource', environment, id],
    queryFn: ({ signal }) =>
      answer(
        client.GET('/api/v1/environments/{environment}/resource', {
          params: { path: { environment }, query: { ...id } },
          signal,
        }),
      ),
  });
}
