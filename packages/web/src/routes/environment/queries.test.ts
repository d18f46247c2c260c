import { describe, expect, it } from 'vitest';
import { readResourceId, writeResourceId } from './queries.ts';

describe('a resource in an address', () => {
  it('comes back as it went in, whatever it is called', () => {
    const id = { source: 'runtime', kind: 'apps/Deployment', key: 'wms/api %2F "x"' };
    expect(readResourceId(writeResourceId(id))).toEqual(id);
  });

  it.each([undefined, '', 'a/b', 'a/b/c/d', '%E0%A4%A/b/c'])(
    'is none where the address was cut or changed: %s',
    (text) => {
      expect(readResourceId(text)).toBeUndefined();
    },
  );
});
