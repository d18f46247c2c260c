import { canonicalJson } from '../json/canonical.ts';
import { digestHex } from '../json/digest.ts';
import { matchesWildcard } from '../json/pointer.ts';
import type { Json } from '../json/value.ts';
import type { Kind } from './kind.ts';

/** Finds the declaration of a kind by name. */
export interface KindIndex {
  /** Exact declaration, else the matching pattern with most literal characters, else a sound default without noise. */
  find(name: string): Kind;
  /** Digest of every noise rule and version: snapshots made under another one are normalised anew before comparing. */
  readonly version: string;
}

/**
 * Raised by one whenever the digests of a resource change that did not change itself: when anything of the normal form, of
 * what is taken out of it or of how it is digested is changed. Stored snapshots are then read anew, once, instead of being
 * compared with digests of another making. `digest-writer.test.ts` has the digests of each version.
 */
export const normalizerVersion = 2;

export function indexKinds(kinds: readonly Kind[], options: { readonly strict?: boolean } = {}): KindIndex {
  const exact = new Map<string, Kind>();
  const patterns: Kind[] = [];
  for (const kind of kinds) {
    if (kind.name.includes('*')) patterns.push(kind);
    else exact.set(kind.name, kind);
  }
  patterns.sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1));
  const found = new Map<string, Kind>();
  return {
    version: digestHex(canonicalJson([normalizerVersion, options.strict === true, describeRules(kinds)]), 16),
    find(name) {
      let kind = exact.get(name) ?? found.get(name);
      if (!kind) {
        kind = resolvePattern(patterns, name);
        // Kinds of live systems are few, but nothing promises it.
        if (found.size < 10_000) found.set(name, kind);
      }
      return kind;
    },
  };
}

function resolvePattern(patterns: readonly Kind[], name: string): Kind {
  const pattern = patterns.find((candidate) => matchesWildcard(candidate.name, name));
  return pattern ? { ...pattern, name } : { name, title: titleOf(name), layer: 'runtime', version: 1 };
}

/** `apps/Deployment` → `deployment`, `aws_security_group` → `aws security group`. */
function titleOf(name: string): string {
  const last = name.split('/').at(-1) ?? name;
  return last
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.]+/g, ' ')
    .toLowerCase()
    .trim();
}

function describeRules(kinds: readonly Kind[]): Json {
  const rules = kinds.map((kind) => [kind.name, kind.version, (kind.noise ?? null) as Json] as const);
  return rules.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}
