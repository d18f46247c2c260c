import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { parseYaml } from '@leeway/formats';
import { z } from 'zod';
import { estateFile, partFile } from './estate-file.ts';

/** JSON Schema 2020-12 of leeway.yaml, or of the files it includes: what editors complete from. */
export function generateSchema(file: 'estate' | 'part' = 'estate'): JsonObject {
  const title = file === 'estate' ? 'leeway.yaml' : 'A file included by leeway.yaml';
  return { ...(withParsedExamples(describeFile(file)) as JsonObject), title };
}

const described = new Map<string, JsonObject>();

/** The same with examples as they are written in YAML, for messages. */
export function describeFile(file: 'estate' | 'part'): JsonObject {
  const known = described.get(file);
  if (known) return known;
  const schema = z.toJSONSchema(file === 'estate' ? estateFile : partFile, { io: 'input', target: 'draft-2020-12' });
  described.set(file, schema as JsonObject);
  return schema as JsonObject;
}

function withParsedExamples(node: Json): Json {
  if (isJsonArray(node)) return node.map(withParsedExamples);
  if (!isJsonObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]): [string, Json] => {
    const isExamples = key === 'examples' && isJsonArray(value);
    return [key, isExamples ? value.map((example) => parseExample(String(example))) : withParsedExamples(value)];
  });
  return Object.fromEntries(entries);
}

function parseExample(example: string): Json {
  const parsed = parseYaml(example, 'example');
  if (!parsed.ok) throw new Error(`The schema's example ${example} is not YAML.`);
  return parsed.value[0]?.value ?? null;
}

/** The schema files that ship with Leeway, by name; `npm run generate` writes them. */
export function generateSchemaFiles(): Readonly<Record<string, string>> {
  const write = (file: 'estate' | 'part') => `${JSON.stringify(generateSchema(file), null, 2)}\n`;
  return { 'leeway.schema.json': write('estate'), 'leeway-part.schema.json': write('part') };
}
