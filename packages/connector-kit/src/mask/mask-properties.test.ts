import type { Json, JsonObject, Kind } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealWith } from '../seal.ts';
import { maskSecrets } from './mask-secrets.ts';

const seal = sealWith('a key for tests only');
const marker = 'Tr0ub4dor-and-3';
const kind: Kind = { name: 'test.thing', title: 'thing', layer: 'erp', version: 1 };

function mask(attributes: JsonObject): JsonObject {
  return maskSecrets({ kind: kind.name, key: 'x', attributes }, kind, seal).attributes;
}

describe('masking in general', () => {
  it('gives the very same resource back when there is no secret', () => {
    const resource = { kind: kind.name, key: 'x', attributes: { name: 'wms', tags: { a: 'b' }, ports: [1, 2] } };
    expect(maskSecrets(resource, kind, seal)).toBe(resource);
  });

  const key = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('password', 'token', 'value', 'name', 'url', '__proto__', '$secret'),
  );
  const text = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      'DB_PASSWORD',
      `a://b:${marker}@c`,
      `password=${marker}`,
      `{"password":"${marker}"}`,
      `token: ${marker}\nx: y`,
    ),
  );
  const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4 }),
    ),
  })).json;

  it('is the same twice as once', () => {
    fc.assert(
      fc.property(fc.dictionary(key, json), (attributes) => {
        const once = mask(attributes);
        expect(mask(once)).toEqual(once);
      }),
    );
  });

  it('lets no planted marker through, however deep', () => {
    const plant = fc.constantFrom<JsonObject>(
      { password: marker },
      { env: [{ name: 'API_TOKEN', value: marker }] },
      { url: `redis://:${marker}@cache:6379/0` },
      { args: ['--user=a', `--password=${marker}`] },
      { text: JSON.stringify({ deep: { client_secret: marker } }) },
      { script: `#!/bin/sh\nexport DB_PASSWORD='${marker}'\n` },
    );
    fc.assert(
      fc.property(
        plant,
        fc.array(fc.oneof(fc.constant('list'), fc.string({ maxLength: 8 })), { maxLength: 6 }),
        (planted, path) => {
          const attributes = path.reduce<JsonObject>(
            (inner, name) => ({ [name]: name === 'list' ? [inner] : inner }),
            planted,
          );
          expect(JSON.stringify(mask(attributes))).not.toContain(marker);
        },
      ),
    );
  });

  it('takes time in proportion to a hostile text', () => {
    const hostile = [
      'a'.repeat(200_000),
      `${'a.-'.repeat(60_000)}=`,
      '='.repeat(100_000),
      ' '.repeat(100_000),
      '://'.repeat(50_000),
      `a://${':'.repeat(100_000)}`,
      `-----BEGIN ${'A '.repeat(50_000)}`,
      'eyJ'.repeat(50_000),
      '- "'.repeat(50_000),
    ];
    // Were one of the expressions quadratic, this would take minutes and run into the test's time limit.
    for (const text of hostile) expect(Object.keys(mask({ text }))).toEqual(['text']);
  });
});
