import type { JsonObject, Kind, Noise, PathPattern } from '@leeway/core';

/** A kind as its file writes it; what all kinds of its provider share is added. */
export type KindDeclaration = Omit<Kind, 'version' | 'normalize'> & { readonly version?: number };

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

const everyProvider: Noise = { empty: emptyPlaces, computed: ['/timeouts'] };

export function defineKinds(rules: ProviderRules, declarations: readonly KindDeclaration[]): readonly Kind[] {
  const { normalize } = rules;
  return declarations.map((declaration) => ({
    version: 1,
    ...declaration,
    noise: mergeNoise(everyProvider, rules.noise, declaration.noise ?? {}),
    ...(normalize && { normalize: (attributes: JsonObject) => normalize(attributes) }),
  }));
}

/** All rules of all parts. */
export function mergeNoise(...parts: readonly Noise[]): Noise {
  const lists = <Field extends 'unordered' | 'computed' | 'empty' | 'instance' | 'assigned' | 'secret'>(
    field: Field,
  ) => [...new Set(parts.flatMap((part) => part[field] ?? []))];
  return {
    unordered: lists('unordered'),
    computed: lists('computed'),
    empty: lists('empty'),
    instance: lists('instance'),
    assigned: lists('assigned'),
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
