/**
 * The names an environment carries as its own (stage, region, account), compiled for replacement by neutral ones:
 * `orders-prod-db` and `orders-stg-db` both become `orders-{stage}-db`.
 */
export interface Neutralizer {
  /** Digest of the tokens; two neutralizers with the same one behave alike. */
  readonly id: string;
  /** Neutral names, in braces, by the names they stand for in lower case; longer names first. */
  readonly names: ReadonlyMap<string, string>;
  /** True when the text may contain one of the names. Cheap. */
  hits(text: string): boolean;
  /** The text with every name replaced, at token boundaries only. Idempotent. */
  neutralize(text: string): string;
}

/** A neutralizer that changes nothing. */
export const noNeutralizer: Neutralizer = {
  id: '',
  names: new Map(),
  hits: () => false,
  neutralize: (text) => text,
};

/**
 * Compiles an environment's tokens, given by neutral name. A token is replaced where neither side continues it with a
 * letter or digit (`_`, `-`, `.`, `/` and ends are boundaries, and so is an escape such as `\n` in JSON text), in
 * whatever case it is written. Longer names are tried first, so that `production-eu` wins over `production`.
 */
export function compileNeutralizer(tokens: Readonly<Record<string, readonly string[]>>): Neutralizer {
  const names = new Map<string, string>();
  for (const [neutral, spellings] of Object.entries(tokens).sort(([left], [right]) => (left < right ? -1 : 1))) {
    for (const spelling of spellings) {
      const name = spelling.toLowerCase();
      if (name !== '' && !names.has(name)) names.set(name, `{${neutral}}`);
    }
  }
  if (names.size === 0) return noNeutralizer;
  const ordered = [...names.keys()].sort((left, right) => right.length - left.length || (left < right ? -1 : 1));
  const patterns = ordered.map(escapePattern);
  const anywhere = new RegExp(`(?:${patterns.join('|')})`, 'i');
  // What must stand before a name is looked at after it: an expression that begins with plain text is searched for at
  // several times the speed of one that begins with a condition.
  const bounded = patterns.map((pattern) => `${pattern}(?<=(?:^|[^A-Za-z0-9{]|\\\\[bfnrt])${pattern})`);
  const whole = new RegExp(`(?:${bounded.join('|')})(?![A-Za-z0-9}])`, 'gi');
  return {
    id: JSON.stringify([...names]),
    names: new Map(ordered.map((name) => [name, names.get(name) as string])),
    hits: (text) => anywhere.test(text),
    neutralize: (text) => text.replace(whole, (found) => names.get(found.toLowerCase()) ?? found),
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
