import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../commands/table.ts';
import { run } from '../testing/run.ts';

const hasShell = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What bash offers after these words. */
function completeInBash(script: string, words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const program = `${script}\nCOMP_WORDS=(${quoted})\nCOMP_CWORD=$((\${#COMP_WORDS[@]} - 1))\n_leeway\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', program], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe.runIf(hasShell('bash'))('bash completion', async () => {
  const { stdout: script } = await run(['completion', 'bash']);

  it.each<[string[], string[]]>([
    [['leeway', 'sc'], ['scan']],
    [
      ['leeway', 'policy', ''],
      ['list', 'test', '--estate'],
    ],
    [['leeway', '--format', 'json', 'scan', '--str'], ['--strict']],
    [['leeway', 'scan', '--format', 's'], ['sarif']],
    [
      ['leeway', 'scan', '--fail-on', ''],
      ['new', 'low', 'medium', 'high', 'critical', 'none'],
    ],
    [
      ['leeway', 'approve', 'abcd', '--at-'],
      ['--at-most-reference', '--at-least-reference', '--at-most', '--at-least'],
    ],
    [['leeway', 'approve', 'abcd', '--category', 't'], ['test-tooling']],
    [['leeway', 'completion', 'z'], ['zsh']],
    [['leeway', 'scan', '--output', 'render'], ['render.ts']],
  ])('after %j offers %j', (words, expected) => {
    expect(completeInBash(script, words)).toEqual(expect.arrayContaining(expected));
  });

  it('offers every command', () => {
    expect(completeInBash(script, ['leeway', ''])).toEqual(
      expect.arrayContaining(commandTable.map(({ name }) => name)),
    );
  });

  it('offers only what begins with what was typed', () => {
    expect(completeInBash(script, ['leeway', 'scan', '--sh'])).toEqual(['--show-approved']);
  });
});

describe('zsh and fish completion', () => {
  it.each(['zsh', 'fish'])('%s names every command, option and choice', async (shell) => {
    const { stdout } = await run(['completion', shell]);
    for (const { name } of commandTable) expect(stdout).toContain(name);
    for (const word of ['show-approved', 'at-most-reference', 'sarif', 'test-tooling']) expect(stdout).toContain(word);
  });

  it.runIf(hasShell('zsh'))('zsh accepts its script', async () => {
    const { stdout } = await run(['completion', 'zsh']);
    expect(spawnSync('zsh', ['-n'], { input: stdout, encoding: 'utf8' }).stderr).toBe('');
  });

  it.runIf(hasShell('fish'))('fish accepts its script', async () => {
    const { stdout } = await run(['completion', 'fish']);
    expect(spawnSync('fish', ['--no-execute'], { input: stdout, encoding: 'utf8' }).stderr).toBe('');
  });
});
