import { describe, expect, it } from 'vitest';
import type { Resource } from '../resource/resource.ts';
import { attributionOf } from './draft.ts';

const resource: Resource = {
  kind: 'apps/Deployment',
  key: 'wms/api',
  attributes: {},
  origin: {
    place: 'live',
    via: 'kubectl apply',
    at: '2026-11-01T08:00:00Z',
    fields: [
      { paths: ['/spec/replicas'], via: 'kubectl scale', at: '2026-11-20T14:10:00Z' },
      { paths: ['/spec/containers[name=api]/image'], via: 'kubectl set', actor: 'ada' },
    ],
  },
};

describe('who changed a field', () => {
  it.each([
    ['/spec/replicas', { via: 'kubectl scale', at: '2026-11-20T14:10:00Z' }],
    ['/spec/containers[name=api]', { via: 'kubectl set', actor: 'ada' }],
    ['/spec/replicasOther', { via: 'kubectl apply', at: '2026-11-01T08:00:00Z' }],
    [undefined, { via: 'kubectl apply', at: '2026-11-01T08:00:00Z' }],
  ])('at %s', (path, expected) => {
    expect(attributionOf(resource, path)).toEqual(expected);
  });

  it('is unknown where nothing tells', () => {
    expect(attributionOf(undefined, '/a')).toEqual({});
  });
});
