import { expect, test } from 'vitest';
import { activeShortcuts, addShortcuts, matchKey, type Shortcut } from './registry.ts';

const shortcut = (keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
  keys,
  label: keys,
  group: 'Everywhere',
  run: () => undefined,
  ...more,
});
const press = (key: string, mod = false) => ({ key, mod, alt: false });

test('a sequence begins and then runs', () => {
  const shortcuts = [shortcut('g o'), shortcut('j'), shortcut('mod+k')];
  expect(matchKey(press('g'), '', shortcuts)).toBe('begins');
  expect(matchKey(press('o'), 'g', shortcuts)).toMatchObject({ keys: 'g o' });
  expect(matchKey(press('j'), '', shortcuts)).toMatchObject({ keys: 'j' });
  expect(matchKey(press('K', true), '', shortcuts)).toMatchObject({ keys: 'mod+k' });
  expect(matchKey(press('k'), '', shortcuts)).toBeUndefined();
});

test('what is not possible now runs nothing', () => {
  expect(matchKey(press('a'), '', [shortcut('a', { enabled: false })])).toBeUndefined();
});

test('what was added last wins, and goes when it is taken away', () => {
  const removeList = addShortcuts([shortcut('j', { label: 'list' })]);
  const removePane = addShortcuts([shortcut('j', { label: 'pane' })]);
  expect(activeShortcuts().map(({ label }) => label)).toEqual(['pane']);
  removePane();
  expect(activeShortcuts().map(({ label }) => label)).toEqual(['list']);
  removeList();
  expect(activeShortcuts()).toEqual([]);
});
