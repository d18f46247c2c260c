import type { JsonObject, Resource } from '@leeway/core';

/** One rule, wherever it was read. Durations are in Prometheus' own spelling. */
export interface Rule {
  readonly type: 'alerting' | 'recording';
  readonly name: string;
  readonly expr: string;
  readonly for?: string;
  readonly keepFiringFor?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly place?: string;
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly interval?: string;
  readonly limit?: number;
  readonly queryOffset?: string;
  readonly rules: readonly Rule[];
  readonly place?: string;
}

/** Groups and their rules as resources. Names of groups are unique in a file only, names of rules not even in a group. */
export function toResources(groups: readonly RuleGroup[]): readonly Resource[] {
  const names = countBy(groups, (group) => group.name);
  const keys = new Keys();
  const sorted = groups.toSorted((a, b) => compareText(a.file, b.file));
  return sorted.flatMap((group) => {
    const unique = names.get(group.name) === 1;
    const key = keys.take([group.name, `${fileStem(group.file)}/${group.name}`], unique ? 0 : 1);
    const { rules, file: _, place, ...fields } = group;
    const resource = toResource('prometheus.group', key, { ...fields }, place);
    return [resource, ...ruleResources(key, rules)];
  });
}

/** The first rule of a name keeps the bare name, so that one more of the same name does not rename it. */
function ruleResources(group: string, rules: readonly Rule[]): readonly Resource[] {
  const keys = new Keys();
  return rules.map(({ type, place, ...fields }) => {
    const labels = Object.entries(fields.labels).sort(([a], [b]) => compareText(a, b));
    const selector = labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',');
    const key = keys.take([`${group}/${fields.name}`, `${group}/${fields.name}{${selector}}`], 0);
    return toResource(`prometheus.rule.${type}`, key, { group, ...fields }, place);
  });
}

function toResource(kind: string, key: string, attributes: JsonObject, place: string | undefined): Resource {
  return { kind, key, attributes, ...(place && { origin: { place } }) };
}

/** Gives out each key once: the first free candidate from `start` on, else the last with a number. */
class Keys {
  readonly #taken = new Set<string>();

  take(candidates: readonly string[], start: number): string {
    const last = candidates.at(-1) ?? '';
    let key = candidates.slice(start).find((candidate) => !this.#taken.has(candidate));
    for (let number = 2; key === undefined; number += 1) {
      key = this.#taken.has(`${last}#${number}`) ? undefined : `${last}#${number}`;
    }
    this.#taken.add(key);
    return key;
  }
}

/** A file's name without folder, extension and the uid that the Prometheus operator adds. */
function fileStem(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:ya?ml|rules|json)$/, '');
  return name.replace(/-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, '');
}

function countBy<Item>(items: readonly Item[], name: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1);
  return counts;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
