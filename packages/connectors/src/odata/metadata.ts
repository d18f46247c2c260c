import { failed, ok, problem, type Result } from '@leeway/core';

/** What is used of one entity type of $metadata. */
export interface EntityType {
  readonly key: readonly string[];
  /** `Edm.String` by property. */
  readonly properties: ReadonlyMap<string, string>;
}

export type Metadata = ReadonlyMap<string, EntityType>;

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly closes: boolean;
  readonly isEmpty: boolean;
}

const tagPattern = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g;
const attributePattern = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface OpenType {
  readonly base: string | undefined;
  readonly key: string[];
  readonly properties: Map<string, string>;
}

/** What was met so far, and where one is. */
interface Scan {
  readonly types: Map<string, OpenType>;
  readonly sets: Map<string, string>;
  namespace: string;
  type: OpenType | undefined;
}

const elements: Readonly<Record<string, (scan: Scan, tag: Tag) => void>> = {
  Schema(scan, { attributes }) {
    scan.namespace = attributes['Namespace'] ?? '';
  },
  EntityType(scan, { attributes, isEmpty }) {
    const type = { base: attributes['BaseType'], key: [], properties: new Map<string, string>() };
    scan.types.set(`${scan.namespace}.${attributes['Name']}`, type);
    scan.type = isEmpty ? undefined : type;
  },
  ComplexType(scan) {
    scan.type = undefined;
  },
  PropertyRef: (scan, { attributes }) => scan.type?.key.push(attributes['Name'] ?? ''),
  Property: (scan, { attributes }) => scan.type?.properties.set(attributes['Name'] ?? '', attributes['Type'] ?? ''),
  EntitySet: (scan, { attributes }) => scan.sets.set(attributes['Name'] ?? '', attributes['EntityType'] ?? ''),
};

/**
 * Keys and types of every entity set of a service, versions 2 and 4 alike (OData CSDL XML). Only tags and attributes are
 * looked at; entities that a document declares itself are never expanded. LW3006 for anything that is no such document.
 */
export function parseMetadata(text: string, system: string): Result<Metadata> {
  const scan: Scan = { types: new Map(), sets: new Map(), namespace: '', type: undefined };
  let last: Tag | undefined;
  for (const tag of tagsOf(text)) {
    last = tag;
    if (tag.closes && tag.name === 'EntityType') scan.type = undefined;
    if (!tag.closes && Object.hasOwn(elements, tag.name)) elements[tag.name]?.(scan, tag);
  }
  if (last?.name === 'Edmx' && last.closes) {
    return ok(new Map([...scan.sets].map(([set, name]) => [set, resolveType(name, scan.types)])));
  }
  const reason = 'it is not the whole of an OData metadata document';
  return failed(problem('LW3006', { system, what: '$metadata', reason }));
}

/** A type with what it inherits. */
function resolveType(name: string, types: ReadonlyMap<string, OpenType>): EntityType {
  const seen = new Set<string>();
  let key: readonly string[] = [];
  const properties = new Map<string, string>();
  for (let next: string | undefined = name; next !== undefined && !seen.has(next); next = types.get(next)?.base) {
    seen.add(next);
    const own = types.get(next);
    if (key.length === 0) key = own?.key ?? [];
    for (const [property, type] of own?.properties ?? []) if (!properties.has(property)) properties.set(property, type);
  }
  return { key, properties };
}

function* tagsOf(text: string): Generator<Tag> {
  for (const [, slash, name = '', attributes = '', end] of text.matchAll(tagPattern)) {
    const pairs = [...attributes.matchAll(attributePattern)].map(
      ([, attribute = '', double, single]) => [attribute, decode(double ?? single ?? '')] as const,
    );
    // Prefixes are free to choose; local names are not.
    const local = name.slice(name.indexOf(':') + 1);
    yield { name: local, attributes: Object.fromEntries(pairs), closes: slash === '/', isEmpty: end === '/' };
  }
}

const decode = (text: string) =>
  text.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
