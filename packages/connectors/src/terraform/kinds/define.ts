import { type JsonObject, type Kind, type Noise, normalizeQuantity, type PathPattern } from '@leeway/core';

/** A kind as its file writes it; what all kinds of its provider share is added. */
export type KindDeclaration = Omit<Kind, 'version' | 'normalize'> & {
  readonly version?: number;
  readonly normalize?: (attributes: JsonObject) => JsonObject;
};

/** What all kinds of one provider have in common. */
export interface ProviderRules {
  readonly noise: Noise;
  readonly normalize?: (attributes: JsonObject) => JsonObject;
}

/**
 * Terraform writes nested blocks as lists of objects, so that fields of a block stand at every second level. "Not set" is
 * null, "" or an empty list by the provider's whim: the same thing at these places, but not inside maps such as tags.
 */
const emptyPlaces: readonly PathPattern[] = ['/*', '/*/*/*', '/*/*/*/*/*', '/*/*/*/*/*/*/*'];

/**
 * Terraform converts between texts, numbers and booleans as it likes, and providers change an attribute's type between
 * versions. Most of them cannot tell false and 0 from "not set" (the legacy type system of the plug-in SDK).
 */
const everyProvider: Noise = {
  empty: emptyPlaces,
  zero: emptyPlaces,
  computed: ['/timeouts'],
  quantity: { '/**': 'scalar' },
};

export function defineKinds(rules: ProviderRules, declarations: readonly KindDeclaration[]): readonly Kind[] {
  return declarations.map((declaration) => ({
    version: 2,
    ...declaration,
    noise: mergeNoise(everyProvider, rules.noise, declaration.noise ?? {}),
    normalize: (attributes: JsonObject) => {
      const parsed = parseDocuments(attributes);
      const shared = rules.normalize ? rules.normalize(parsed) : parsed;
      return declaration.normalize ? declaration.normalize(shared) : shared;
    },
  }));
}

/** Texts that are JSON documents, as they mean: state machines, event patterns, dashboards, policies of every kind. */
function parseDocuments(attributes: JsonObject): JsonObject {
  const documents = Object.entries(attributes).flatMap(([name, value]) => {
    const parsed = normalizeQuantity('json', value);
    return parsed === value ? [] : [[name, parsed] as const];
  });
  return documents.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(documents) };
}

/** All rules of all parts. */
export function mergeNoise(...parts: readonly Noise[]): Noise {
  const lists = <Field extends 'unordered' | 'computed' | 'empty' | 'instance' | 'assigned' | 'zero' | 'secret'>(
    field: Field,
  ) => [...new Set(parts.flatMap((part) => part[field] ?? []))];
  return {
    unordered: lists('unordered'),
    computed: lists('computed'),
    empty: lists('empty'),
    instance: lists('instance'),
    assigned: lists('assigned'),
    zero: lists('zero'),
    secret: lists('secret'),
    identity: Object.assign({}, ...parts.map((part) => part.identity ?? {})),
    defaults: Object.assign({}, ...parts.map((part) => part.defaults ?? {})),
    quantity: Object.assign({}, ...parts.map((part) => part.quantity ?? {})),
  };
}

/** `/a`, `/b` for the names of fields at the top, separated by white space. */
export function at(names: string, below = ''): readonly PathPattern[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => `${below}/${name}`);
}
