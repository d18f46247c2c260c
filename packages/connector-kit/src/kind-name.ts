import { type Kind, matchesWildcard } from '@leeway/core';

/** The declaration of a kind: the exact one, else of the patterns that fit the one with most literal characters. */
export function findKind(kinds: readonly Kind[], name: string): Kind | undefined {
  const literals = (kind: Kind) => kind.name.replaceAll('*', '').length + (kind.name === name ? 1 : 0);
  let best: Kind | undefined;
  for (const kind of kinds) {
    if (matchesWildcard(kind.name, name) && (!best || literals(kind) > literals(best))) best = kind;
  }
  return best;
}
