import { failed, ok, type Place, type Problem, problem, type Result } from '@leeway/core';
import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  Parser,
  type Tags,
  type YAMLMap,
} from 'yaml';
import {
  defaultAliasedValues,
  defaultDepth,
  LineIndex,
  type ParsedDocument,
  type ParseLimits,
  pointerTokens,
  report,
} from './document.ts';
import { yamlReasons } from './yaml-fault.ts';
import { isMergeKey, keyText, YamlReader } from './yaml-read.ts';

export interface YamlOptions extends ParseLimits {
  /**
   * `1.2` (default): the core schema. `1.1`: `yes/no/on/off/y/n` are booleans and `0644` is octal, as the Go parsers of
   * Kubernetes (sigs.k8s.io/yaml), Prometheus and Helm read them. Timestamps and base-60 numbers stay text in both, as
   * in those parsers.
   */
  readonly version?: '1.1' | '1.2';
}

/** Left out of the YAML 1.1 schema: what turns text into something that JSON, or Go's parsers, do not know. */
const unwantedTags = new Set(
  ['omap', 'pairs', 'set', 'binary', 'timestamp', 'merge'].map((tag) => `tag:yaml.org,2002:${tag}`),
);

function chooseTags(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || (!unwantedTags.has(tag.tag) && tag.format !== 'TIME'));
}

/**
 * Parses a YAML stream into its documents; documents without content (only comments) are skipped. Keys are unique,
 * integers beyond 2^53 - 1 stay text, `.inf` and `.nan` stay text, `!Tag x` becomes `{"!Tag": x}`.
 * Problems: LW2005, LW2006, LW2007, LW2008 (aliases), LW2009 (keys and tags), all of them, each with its place.
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): Result<readonly ParsedDocument[]> {
  const lines = new LineIndex(text);
  const tokens = readTokens(text, options.depth ?? defaultDepth);
  if ('tooDeepAt' in tokens) {
    const limit = options.depth ?? defaultDepth;
    return failed(problem('LW2007', { limit }, lines.placeAt(file, tokens.tooDeepAt)));
  }
  const composer = new Composer({
    schema: options.version === '1.1' ? 'yaml-1.1' : 'core',
    customTags: chooseTags,
    resolveKnownTags: false,
    intAsBigInt: true,
    prettyErrors: false,
    // Checked by the reader: the package compares every pair of keys.
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const problems: Problem[] = [];
  const documents: ParsedDocument[] = [];
  const source = { file, lines, unclosedAt: tokens.unclosedAt };
  for (const document of composer.compose(tokens.tokens)) {
    const parsed = readDocument(document, source, options, problems);
    if (parsed) documents.push(parsed);
  }
  return problems.length ? failed(...problems) : ok(documents);
}

interface Tokens {
  readonly tokens: readonly CST.Token[];
  /** Where a quoted text begins that never ends: everything behind it is in it, and the error stands at the very end. */
  readonly unclosedAt: number | undefined;
}

/** Nesting is bounded while tokens are read, before anything recurses over them. */
function readTokens(text: string, depth: number): Tokens | { readonly tooDeepAt: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let unclosedAt: number | undefined;
  for (const lexeme of new Lexer().lex(text)) {
    const quote = lexeme[0];
    const isUnclosed = (quote === '"' || quote === "'") && (lexeme.length === 1 || !lexeme.endsWith(quote));
    if (isUnclosed) unclosedAt ??= parser.offset;
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The stack also holds the document and the scalar being read.
    if (parser.stack.length > depth + 2) return { tooDeepAt: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, unclosedAt };
}

/** What places need. */
interface Source {
  readonly file: string;
  readonly lines: LineIndex;
  readonly unclosedAt: number | undefined;
}

function readDocument(
  document: Document.Parsed,
  { file, lines, unclosedAt }: Source,
  limits: ParseLimits,
  problems: Problem[],
): ParsedDocument | undefined {
  for (const error of document.errors) {
    const isInQuotes = error.code === 'MISSING_CHAR' && unclosedAt !== undefined && error.pos[0] > unclosedAt;
    const reason = isInQuotes ? 'a quoted text is not closed' : (yamlReasons[error.code] ?? 'it cannot be read');
    const at = isInQuotes ? unclosedAt : error.pos[0];
    report(problems, problem('LW2005', { format: 'YAML', reason }, lines.placeAt(file, at)));
  }
  if (document.errors.length || isEmpty(document)) return undefined;
  const reader = new YamlReader({
    depth: limits.depth ?? defaultDepth,
    aliasedValues: limits.aliasedValues ?? defaultAliasedValues,
    report: (found, node) =>
      report(problems, { ...found, place: lines.placeAt(file, offsetOf(node) ?? document.range[0]) }),
  });
  const value = reader.read(document.contents);
  return { value, placeOf: locateYaml(document, reader, file, lines) };
}

function isEmpty(document: Document.Parsed): boolean {
  const root = document.contents;
  return root === null || (isScalar(root) && root.value === null && root.source === '' && !root.anchor && !root.tag);
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function locateYaml(
  document: Document.Parsed,
  reader: YamlReader,
  file: string,
  lines: LineIndex,
): (pointer: string) => Place | undefined {
  const steps = new YamlSteps(reader);
  return (pointer) => {
    const tokens = pointerTokens(pointer);
    if (!tokens) return undefined;
    let node: unknown = document.contents;
    let at = offsetOf(node) ?? document.range[0];
    for (const token of tokens) {
      const step = steps.into(reader.resolve(node), token);
      if (!step) break;
      at = step.at ?? at;
      node = step.node;
    }
    return lines.placeAt(file, at, pointer);
  };
}

interface Step {
  readonly at: number | undefined;
  readonly node: unknown;
}

/** Steps from a node to a child by its pointer token; the keys of each map met are listed once and kept. */
class YamlSteps {
  readonly #reader: YamlReader;
  readonly #pairs = new Map<YAMLMap, ReadonlyMap<string | undefined, Pair>>();

  constructor(reader: YamlReader) {
    this.#reader = reader;
  }

  into(node: unknown, token: string): Step | undefined {
    if (isSeq(node)) {
      const item = /^\d+$/.test(token) ? node.items[Number(token)] : undefined;
      return item === undefined ? undefined : { at: offsetOf(item), node: item };
    }
    if (!isMap(node)) return undefined;
    const pair = this.#pairsOf(node).get(token);
    if (pair) return { at: offsetOf(pair.key) ?? offsetOf(pair.value), node: pair.value };
    return this.#intoMerged(node, token);
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string | undefined, Pair> {
    let pairs = this.#pairs.get(map);
    if (!pairs) {
      pairs = new Map(map.items.map((pair) => [keyText(this.#reader.resolve(pair.key)), pair]));
      this.#pairs.set(map, pairs);
    }
    return pairs;
  }

  #intoMerged(map: YAMLMap, token: string): Step | undefined {
    for (const pair of map.items as readonly Pair[]) {
      if (!isMergeKey(pair)) continue;
      const source = this.#reader.resolve(pair.value);
      for (const item of isSeq(source) ? source.items : [source]) {
        const step = this.into(this.#reader.resolve(item), token);
        if (step) return step;
      }
    }
    return undefined;
  }
}
