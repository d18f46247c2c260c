/**
 * The names an environment carries as its own (stage, region, account), compiled for replacement by neutral ones:
 * `orders-prod-db` and `orders-stg-db` both become `orders-{stage}-db`.
 */
export interface Neutralizer {
  /** Digest of the tokens; two neutralizers with the same one behave alike. */
  readonly id: string;
  /** True when the text may contain one of the names. Cheap. */
  hits(text: string): boolean;
  /** The text with every name replaced, at token boundaries only. Idempotent. */
  neutralize(text: string): string;
}

/** A neutralizer that changes nothing. */
export const noNeutralizer: Neutralizer = { id: '', hits: () => false, neutralize: (text) => text };

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
  const alternatives = ordered.map(escapePattern).join('|');
  const anywhere = new RegExp(`(?:${alternatives})`, 'i');
  const bounded = new RegExp(`(?<=^|[^A-Za-z0-9{]|\\\\[bfnrt])(?:${alternatives})(?![A-Za-z0-9}])`, 'gi');
  return {
    id: JSON.stringify([...names]),
    hits: (text) => anywhere.test(text),
    neutralize: (text) => text.replace(bounded, (found) => names.get(found.toLowerCase()) ?? found),
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
