/** Two names of one thing: as written, and with the environment's own names taken out. */
export interface TwoNames {
  readonly word: string;
  readonly neutral: string;
}

/**
 * Pairs the names of two sides: the same word is the same thing, even where the word names one environment; of the rest
 * the same neutral name is. Each name is used once. `right[i]` is the partner of `left[i]`, `alone` what is left over.
 */
export function pairUp<T extends TwoNames>(
  left: readonly TwoNames[],
  right: readonly T[],
): { readonly right: readonly (T | undefined)[]; readonly alone: readonly T[] } {
  const partners = new Array<T | undefined>(left.length).fill(undefined);
  const open = new Set(right);
  for (const form of ['word', 'neutral'] as const) {
    const byName = new Map([...open].map((name) => [name[form], name] as const));
    for (const [at, name] of left.entries()) {
      const partner = partners[at] ? undefined : byName.get(name[form]);
      if (!partner || !open.delete(partner)) continue;
      partners[at] = partner;
    }
  }
  return { right: partners, alone: [...open] };
}
