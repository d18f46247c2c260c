/** The part of an address behind `?`, as this application writes it: plain text, lists by comma, as the API takes them. */
export type SearchParams = Readonly<Record<string, string>>;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Leaves out what is empty; keeps commas and colons readable, for addresses are pasted into chats. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && value !== null);
  const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  const readable = text.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%40', '@').replaceAll('%2F', '/');
  return readable === '' ? '' : `?${readable}`;
}

/** The given names of a search, where they are there: what a route's `validateSearch` returns. */
export function pick<N extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly N[],
): { [K in N]?: string } {
  const found: { [K in N]?: string } = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') found[name] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') found[name] = String(value);
  }
  return found;
}

export function listOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',').filter((part) => part !== '');
}

/** A list with an item put in, or taken out where it was; undefined when none is left. */
export function toggled(text: string | undefined, item: string): string | undefined {
  const list = listOf(text);
  const next = list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
  return next.length > 0 ? next.join(',') : undefined;
}

/** A search without what is not given: what a screen hands to the router after it changed one part. */
export function withoutEmpty<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '')) as T;
}
