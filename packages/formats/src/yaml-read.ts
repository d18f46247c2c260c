import { type Json, type Problem, problem } from '@leeway/core';
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { exactNumber, setOwn } from './document.ts';

/** A converted node: its value, how many values it holds once aliases are expanded, and how deep it nests. */
interface Converted {
  readonly value: Json;
  readonly size: number;
  readonly height: number;
}

/** Bounds and reporting, handed in by the caller. */
export interface YamlReading {
  readonly depth: number;
  readonly aliasedValues: number;
  readonly report: (found: Problem, node: unknown) => void;
}

const standardTag = 'tag:yaml.org,2002:';
/** Tags of YAML 1.1 and 1.2 that have a meaning in JSON. `binary` and `timestamp` stay the text they are written as. */
const knownTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq', 'binary', 'timestamp'].map((tag) => standardTag + tag),
);

const nothing: Converted = { value: null, size: 1, height: 1 };

/**
 * Turns the tree of one YAML document into JSON values. Aliases share the value of their anchor, so that memory stays
 * in proportion to the text; their expanded size is counted and bounded. `<<` merges as in YAML 1.1.
 */
export class YamlReader {
  readonly #reading: YamlReading;
  readonly #anchors = new Map<string, Node>();
  readonly #converted = new Map<Node, Converted>();
  readonly #targets = new Map<Alias, Node>();
  #aliased = 0;
  #isExhausted = false;

  constructor(reading: YamlReading) {
    this.#reading = reading;
  }

  read(root: unknown): Json {
    return this.#convert(root, 1).value;
  }

  /** The node an alias stands for; any other node itself. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? this.#targets.get(node) : node;
  }

  #convert(node: unknown, level: number): Converted {
    if (this.#isExhausted) return nothing;
    if (isAlias(node)) return this.#convertAlias(node, level);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return nothing;
    if (node.anchor) this.#anchors.set(node.anchor, node);
    const bare = isScalar(node) ? this.#convertScalar(node) : this.#convertItems(node, level);
    const converted = this.#withTag(node, bare);
    if (node.anchor) this.#converted.set(node, converted);
    return converted;
  }

  #convertAlias(alias: Alias, level: number): Converted {
    const target = this.#anchors.get(alias.source);
    if (!target) return this.#report(problem('LW2005', { format: 'YAML', reason: 'an alias names no anchor' }), alias);
    this.#targets.set(alias, target);
    const converted = this.#converted.get(target);
    // An anchor that is not converted yet is one the alias stands inside of: it would expand for ever.
    this.#aliased += converted?.size ?? Number.POSITIVE_INFINITY;
    const limit = this.#reading.aliasedValues;
    if (!converted || this.#aliased > limit) return this.#exhaust(problem('LW2008', { limit }), alias);
    const depth = this.#reading.depth;
    if (level + converted.height - 1 > depth) return this.#exhaust(problem('LW2007', { limit: depth }), alias);
    return converted;
  }

  #convertScalar(node: Scalar): Converted {
    const value = node.value;
    if (typeof value === 'bigint') return { ...nothing, value: exactNumber(String(value)) };
    if (typeof value === 'number') return { ...nothing, value: Number.isFinite(value) ? value : (node.source ?? '') };
    if (typeof value === 'boolean' || typeof value === 'string') return { ...nothing, value };
    return value === null ? nothing : { ...nothing, value: node.source ?? '' };
  }

  #convertItems(node: Node, level: number): Converted {
    if (isMap(node)) return this.#convertMap(node, level);
    const values: Json[] = [];
    let size = 1;
    let height = 0;
    for (const item of isSeq(node) ? node.items : []) {
      const converted = this.#convert(item, level + 1);
      values.push(converted.value);
      size += converted.size;
      height = Math.max(height, converted.height);
    }
    return { value: values, size, height: height + 1 };
  }

  #convertMap(map: YAMLMap, level: number): Converted {
    const own: Record<string, Json> = {};
    const merged: Json[] = [];
    const seen = new Set<string>();
    let size = 1;
    let height = 0;
    for (const pair of map.items) {
      const key = this.#keyOf(pair, seen);
      const converted = this.#convert(pair.value, level + 1);
      size += converted.size;
      height = Math.max(height, converted.height);
      if (isMergeKey(pair)) merged.push(...this.#mergeSources(converted.value, pair));
      else if (key !== undefined) setOwn(own, key, converted.value);
    }
    return { value: merged.length ? mergeInto(own, merged) : own, size, height: height + 1 };
  }

  #keyOf(pair: Pair, seen: Set<string>): string | undefined {
    const key = keyText(this.resolve(this.#visitKey(pair.key)));
    if (key === undefined) {
      this.#report(problem('LW2009', { what: 'A list or map', expected: 'a plain key' }), pair.key);
    } else if (seen.has(key)) this.#report(problem('LW2006', { key }), pair.key);
    else seen.add(key);
    return key;
  }

  /** Keys are converted too: they may carry anchors or be aliases. */
  #visitKey(key: unknown): unknown {
    if (isAlias(key) || (isScalar(key) && key.anchor)) this.#convert(key, 1);
    return key;
  }

  #mergeSources(value: Json, pair: Pair): readonly Json[] {
    const sources = Array.isArray(value) ? (value as readonly Json[]) : [value];
    if (sources.every((source) => typeof source === 'object' && source !== null && !Array.isArray(source)))
      return sources;
    this.#report(
      problem('LW2009', { what: 'Another value', expected: 'a map, or a list of maps, to merge' }),
      pair.key,
    );
    return [];
  }

  /**
   * A tag of the application's own (`!Ref bucket`) is part of what is written: it becomes the only key of an object
   * around the value, `{"!Ref": "bucket"}`. Language tags (`!!js/function`, `!!python/object`) are refused.
   */
  #withTag(node: Node, bare: Converted): Converted {
    const tag = node.tag;
    if (tag === undefined || tag === '!' || knownTags.has(tag)) return bare;
    if (tag.startsWith(standardTag)) {
      const what = `The tag !!${tag.slice(standardTag.length, standardTag.length + 40)}`;
      return this.#report(problem('LW2009', { what, expected: 'plain data' }), node);
    }
    return { value: { [tag]: bare.value }, size: bare.size + 1, height: bare.height + 1 };
  }

  #report(found: Problem, node: unknown): Converted {
    this.#reading.report(found, node);
    return nothing;
  }

  #exhaust(found: Problem, node: unknown): Converted {
    this.#isExhausted = true;
    return this.#report(found, node);
  }
}

export function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.value === '<<';
}

/** The text of a key: as written for `8080:`, `on:` and `null:`, so that no key changes its spelling. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return key === null ? '' : undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** Own keys win over merged ones, earlier merged ones over later ones (YAML 1.1 merge key). */
function mergeInto(own: Record<string, Json>, sources: readonly Json[]): Json {
  const result: Record<string, Json> = {};
  for (const source of [own, ...sources]) {
    for (const [key, value] of Object.entries(source as Record<string, Json>)) {
      if (!Object.hasOwn(result, key)) setOwn(result, key, value);
    }
  }
  return result;
}
