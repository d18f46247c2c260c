import { readFileSync } from 'node:fs';
import { parseYaml } from '@leeway/formats';
import { describe, expect, it } from 'vitest';
import { variables } from './cel/environment.ts';
import { policyFunctions } from './cel/functions.ts';
import { builtinPackNames, loadBuiltinPacks } from './pack/builtin.ts';
import { loadPack } from './pack/load.ts';
import { packedPolicy } from './pack/schema.ts';
import { checkParameters } from './parameters.ts';
import type { ParameterOverrides } from './run/protocol.ts';
import { runPolicyTests } from './test/run-tests.ts';

const page = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');

function blocks(info: string): readonly string[] {
  return page
    .split(`\n\`\`\`${info}\n`)
    .slice(1)
    .map((rest) => rest.split('\n```')[0] ?? '');
}

describe('docs/policies.md', () => {
  it('shows packs that load and pass their tests', async () => {
    const packs = blocks('yaml pack');
    expect(packs.length).toBeGreaterThan(0);
    for (const text of packs) {
      const loaded = loadPack(text, 'docs/policies.md');
      expect(loaded).toMatchObject({ ok: true });
      if (loaded.ok) expect(await runPolicyTests(loaded.value)).toMatchObject({ ok: true });
    }
  });

  it('names the built-in packs, and parameters they have', () => {
    const parsed = parseYaml(blocks('yaml estate')[0] ?? '', 'docs/policies.md');
    const value = parsed.ok ? parsed.value[0]?.value : undefined;
    const { policies } = value as unknown as { policies: { packs: readonly string[]; parameters: ParameterOverrides } };
    expect(policies.packs.toSorted()).toEqual(builtinPackNames());
    const loaded = loadBuiltinPacks(policies.packs);
    expect(loaded.ok && checkParameters(loaded.value, [], policies.parameters)).toEqual([]);
  });

  it('lists every function, variable and field', () => {
    for (const { signature, summary } of policyFunctions) expect(page).toContain(`| \`${signature}\` | ${summary} |`);
    for (const name of [...Object.keys(variables), 'params', ...Object.keys(packedPolicy.shape)]) {
      expect(page).toContain(`\`${name}\``);
    }
  });
});
