import {
  type Change,
  type Description,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  parsePointer,
} from '@leeway/core';

/** Where a rule's parts stand in one provider's own words. */
export interface RuleWords {
  /** Fields that hold who is let in. */
  readonly sources: readonly string[];
  /** Fields that hold ports: two bounds, or one field with a port or range. */
  readonly ports: readonly string[];
  readonly protocol: string;
}

const everywhere = new Set(['0.0.0.0/0', '::/0']);

/** Whether a value names the whole internet anywhere in it. */
export function namesTheWorld(value: Json | undefined): boolean {
  if (typeof value === 'string') return everywhere.has(value);
  if (isJsonArray(value)) return value.some(namesTheWorld);
  return isJsonObject(value) && Object.values(value).some(namesTheWorld);
}

/** The change lets the whole internet in where it was kept out. */
export function opensToWorld({ before, after }: Change): boolean {
  return namesTheWorld(after) && !namesTheWorld(before);
}

/** Who a rule lets in: `10.0.0.0/8, sg-0a1b`. */
export function sourcesOf(rule: JsonObject, { sources }: RuleWords): string {
  return enumerate(sources.flatMap((field) => listOf(rule[field])));
}

const everyProtocol = new Set(['-1', 'all', '*']);

/** `port 5432`, `ports 8000-8080`, `every port`. */
export function portsOf(rule: JsonObject, { ports, protocol }: RuleWords): string {
  if (everyProtocol.has(listOf(rule[protocol])[0] ?? '')) return 'every port';
  const [low, high = low] = ports.flatMap((field) => listOf(rule[field]));
  if (low === undefined || low === '*') return 'every port';
  return low === high ? `port ${low}` : `ports ${low}-${high}`;
}

/** Words for a change of a list of inline rules, of one rule, or of who one lets in. */
export function describeRule(
  { path, before, after }: Change,
  block: string,
  words: RuleWords,
  verb: 'reach' | 'be reached at',
): Description | undefined {
  const tokens = parsePointer(path);
  const [token] = tokens ?? [];
  if (token?.key !== block) return undefined;
  if (tokens?.length === 1) return describeWholeRules(rulesIn(before), rulesIn(after), words, verb);
  const field = tokens?.at(-1)?.key ?? '';
  if (!words.sources.includes(field) || !token.selector) return undefined;
  const ports = portsOf(token.selector, words);
  return { actual: `lets ${textOf(after)} ${verb} ${ports}`, expected: `allows ${textOf(before)}` };
}

function describeWholeRules(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  words: RuleWords,
  verb: string,
): Description | undefined {
  const say = (rules: readonly JsonObject[]) =>
    rules.map((rule) => `${sourcesOf(rule, words)} ${verb} ${portsOf(rule, words)}`).join(' and ');
  if (before.length === 0 && after.length > 0) return { actual: `lets ${say(after)}`, expected: 'does not' };
  if (after.length === 0 && before.length > 0) return { actual: `does not let ${say(before)}`, expected: 'does' };
  return undefined;
}

function rulesIn(value: Json | undefined): readonly JsonObject[] {
  if (isJsonArray(value)) return value.filter(isJsonObject);
  return isJsonObject(value) ? [value] : [];
}

/** Who is let in, from a list or a single value: `10.0.0.0/8, 192.168.0.0/16`. */
export function textOf(value: Json | undefined): string {
  return enumerate(listOf(value));
}

/** A headline holds a few names; the rest is counted. */
const mostNames = 4;

function enumerate(names: readonly string[]): string {
  if (names.length === 0) return 'nobody';
  if (names.length <= mostNames) return names.join(', ');
  return `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`;
}

function listOf(value: Json | undefined): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(listOf);
  if (value === null || value === undefined || value === '' || value === false) return [];
  if (value === true) return ['itself'];
  return isJsonObject(value) ? [] : [String(value)];
}
