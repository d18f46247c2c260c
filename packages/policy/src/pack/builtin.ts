import { readdirSync, readFileSync } from 'node:fs';
import { failed, nearest, ok, type Place, type Problem, problem, type Result } from '@leeway/core';
import { endWithSuggestion } from '../cel/suggestion.ts';
import { packsLocation } from '../location.ts';
import { loadPack, type TestedPolicy } from './load.ts';

const extension = '.yaml';

/** Names of the packs that come with Leeway, sorted. */
export function builtinPackNames(): readonly string[] {
  return readdirSync(packsLocation())
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/**
 * Policies of the built-in packs named, in the order named. Problem: LW5004 (no such pack), at `place`.
 */
export function loadBuiltinPacks(names: readonly string[], place?: Place): Result<readonly TestedPolicy[]> {
  const known = builtinPackNames();
  const problems: Problem[] = [];
  const policies: TestedPolicy[] = [];
  for (const pack of names) {
    if (!known.includes(pack)) {
      const suggestion = endWithSuggestion(nearest(pack, known));
      problems.push(problem('LW5004', { pack, suggestion, allowed: known.join(', ') }, place));
      continue;
    }
    const text = readFileSync(new URL(`${pack}${extension}`, packsLocation()), 'utf8');
    const loaded = loadPack(text, `${pack}${extension}`);
    if (loaded.ok) policies.push(...loaded.value);
    else problems.push(...loaded.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(policies);
}
