import { readdirSync, readFileSync } from 'node:fs';
import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { parseYaml } from '@leeway/formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { northwind } from '../testing/northwind.ts';
import { generateSchema, generateSchemaFiles } from './generate.ts';

const folder = new URL('../../schema/', import.meta.url);

test('the shipped schema files are what the schema generates: run "npm run generate" after changing it', () => {
  const files = generateSchemaFiles();
  expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort());
  for (const [name, text] of Object.entries(files)) expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text);
});

describe('as an editor uses it', () => {
  const validate = new Ajv2020({ strict: false }).compile(generateSchema());
  const validatePart = new Ajv2020({ strict: false }).compile(generateSchema('part'));

  function read(text: string): Json {
    const parsed = parseYaml(text, 'f');
    if (!parsed.ok) throw new Error('not YAML');
    return parsed.value[0]?.value ?? null;
  }

  test('accepts a sound estate and names what is wrong in another', () => {
    for (const [file, text] of Object.entries(northwind)) {
      const isValid = (file === 'leeway.yaml' ? validate : validatePart)(read(text));
      expect([file, isValid]).toEqual([file, true]);
    }
    expect(validate(read('estate: e\nenviroments: {}\n'))).toBe(false);
    expect(validate(read('title: no name\n'))).toBe(false);
    expect(validatePart(read('approved: {A: {allow: {equals: 1, atMost: 2}}}'))).toBe(false);
  });

  test('explains every field', () => {
    const silent = [...fieldsOf(generateSchema(), '')].filter(
      ([path, field]) => !isSelfEvident(path) && typeof field['description'] !== 'string',
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  test('shows only examples that are valid themselves', () => {
    const invalid = [...fieldsOf(generateSchema(), '')].flatMap(([path, field]) => {
      const check = new Ajv2020({ strict: false }).compile(field);
      const examples = Array.isArray(field['examples']) ? field['examples'] : [];
      return examples.filter((example) => !check(example)).map((example) => `${path} ${JSON.stringify(example)}`);
    });
    expect(invalid).toEqual([]);
  });
});

/** Every field at any depth, with its path. */
function* fieldsOf(node: Json | undefined, path: string): Generator<readonly [string, JsonObject]> {
  if (!isJsonObject(node)) return;
  for (const [name, field] of Object.entries(isJsonObject(node['properties']) ? node['properties'] : {})) {
    if (isJsonObject(field)) yield [`${path}/${name}`, field];
    yield* fieldsOf(field, `${path}/${name}`);
  }
  yield* fieldsOf(node['additionalProperties'], path);
  yield* fieldsOf(node['items'], path);
  for (const branch of Array.isArray(node['anyOf']) ? node['anyOf'] : []) yield* fieldsOf(branch, path);
}

/** Dimensions in a filter mean what they mean in an environment; min and max what they say. */
function isSelfEvident(path: string): boolean {
  return /\/environments\/\w+$/.test(path) || /\/ratio\/(?:min|max)$/.test(path) || path === '/approved/match';
}
