import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanSql } from './scan.ts';

const textsOf = (sql: string) => [...scanSql(sql)].filter(({ type }) => type !== 'space').map(({ text }) => text);

describe('scanSql', () => {
  it.each([
    ["select 'it''s; fine'", ['select', "'it''s; fine'"]],
    ["E'a\\'b' || 'c\\'", ["E'a\\'b'", '||', "'c\\'"]],
    ['$a$ ; $$ $a$;', ['$a$ ; $$ $a$', ';']],
    ['$1 + $2', ['$1', '+', '$2']],
    ['"a""b".c', ['"a""b"', '.', 'c']],
    ['/* a /* b */ c */ x', ['/* a /* b */ c */', 'x']],
    ['a--b\n+1', ['a', '--b', '+', '1']],
    ['a=-1', ['a', '=', '-', '1']],
    ["x::text ->> 'k'", ['x', '::', 'text', '->>', "'k'"]],
    ["U&'\\0041' U&\"n\" b'01'", ["U&'\\0041'", 'U&"n"', "b'01'"]],
  ])('%s', (sql, expected) => {
    expect(textsOf(sql)).toEqual(expected);
  });

  it.each(["'open", '"open', '$$open', '/* open', "E'open\\'"])('%s is unterminated', (sql) => {
    expect([...scanSql(sql)].at(-1)?.type).toBe('unterminated');
  });

  it('loses nothing of any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("'", '"', '$$', '--', '/*', '*/', ';', '\\', '::', 'select', '\n'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const sql = pieces.join('');
        expect([...scanSql(sql)].map(({ text }) => text).join('')).toBe(sql);
      }),
    );
  });
});
