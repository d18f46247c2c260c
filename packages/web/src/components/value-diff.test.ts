import { expect, test } from 'vitest';
import { diffLines, diffPieces, valueText } from './value-diff.ts';

const marked = (pieces: readonly { text: string; same: boolean }[] | undefined) =>
  pieces?.map(({ text, same }) => (same ? text : `[${text}]`)).join('');

test('identical parts of two addresses are told from what differs', () => {
  const { left, right } = diffPieces('10.0.0.0/8 port 5432', '0.0.0.0/0 port 5432');
  expect(marked(left)).toBe('[10].0.0.0/[8] port 5432');
  expect(marked(right)).toBe('[0].0.0.0/[0] port 5432');
});

test('values without anything in common differ wholly', () => {
  const { left, right } = diffPieces('true', 'false');
  expect(marked(left)).toBe('[true]');
  expect(marked(right)).toBe('[false]');
});

test('a value is text with its keys in order', () => {
  expect(valueText({ b: 1, a: [true] })).toBe('{\n  "a": [\n    true\n  ],\n  "b": 1\n}');
  expect(valueText('as it is')).toBe('as it is');
  expect(valueText(null)).toBe('null');
  expect(valueText(undefined)).toBe('');
});

test('signs that hide or turn around text are shown by their code', () => {
  expect(valueText('admin\u202Etxt.exe\u0000\n')).toBe('admin\\u202etxt.exe\\u0000\n');
});

test('lines changed in place stand beside each other, others alone', () => {
  const lines = diffLines('a\nreplicas: 2\nz', 'a\nreplicas: 3\nnew\nz');
  expect(lines.map(({ left, right, same }) => [marked(left), marked(right), same])).toEqual([
    ['a', 'a', true],
    ['replicas: [2]', 'replicas: [3]', false],
    [undefined, '[new]', false],
    ['z', 'z', true],
  ]);
});

test('very long values are compared line by line, and piece by piece only at first', () => {
  const text = (side: string) => Array.from({ length: 2000 }, (_, index) => `${side} ${index}`).join('\n');
  const lines = diffLines(text('left'), text('right'));
  expect(lines).toHaveLength(2000);
  expect(marked(lines[0]?.left)).toBe('[left] 0');
  expect(marked(lines[1999]?.left)).toBe('[left 1999]');
});
