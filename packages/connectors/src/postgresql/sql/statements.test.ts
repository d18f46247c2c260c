import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitStatements } from './statements.ts';

const split = (sql: string) => splitStatements(sql, 'a.sql').statements.map(({ text }) => text);

describe('splitStatements', () => {
  it.each([
    ['select 1; select 2', ['select 1', 'select 2']],
    ["select ';' ; -- ;\nselect $$;$$", ["select ';'", 'select $$;$$']],
    [
      'create rule r as on delete to t do (delete from a; delete from b); select 1',
      ['create rule r as on delete to t do (delete from a; delete from b)', 'select 1'],
    ],
    [
      'create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3',
      ['create function f() returns int begin atomic select case when true then 1 end; select 2; end', 'select 3'],
    ],
    ['begin; select 1; end;', ['begin', 'select 1', 'end']],
    [';;', []],
    ['copy t (a) from stdin;\n1;2\n\\.\nselect 1;', ['select 1']],
    ['copy t from stdin with (format csv);\nno end', []],
    ['\\restrict abc\nselect 1;\n\\unrestrict abc\n', ['select 1']],
  ])('%j', (sql, expected) => {
    expect(split(sql)).toEqual(expected);
  });

  it('tells where a statement begins, comments before it left out', () => {
    const { statements } = splitStatements('-- one\n\n  create /* x */ unique index on t(a);', 'a.sql');
    expect(statements).toMatchObject([{ start: 10, head: ['CREATE', 'UNIQUE', 'INDEX', 'ON', 'T', '(', 'A', ')'] }]);
  });

  it('refuses meta-commands with their place', () => {
    expect(splitStatements('select 1;\n  \\i other.sql', 'a.sql').problems).toMatchObject([
      { code: 'LW3102', place: { file: 'a.sql', line: 2, column: 3 } },
    ]);
  });

  it('tells an open quote with its place', () => {
    expect(splitStatements("select 1;\nselect 'x;\n", 'a.sql').problems).toMatchObject([
      { code: 'LW2005', place: { line: 2, column: 8 } },
    ]);
  });

  it('ends on any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("'", '$$', ';', '(', ')', '\\', '\n', 'begin atomic', 'copy t from stdin;', 'end', '--', '/*'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const sql = pieces.join('');
        for (const { text, start } of splitStatements(sql, 'a.sql').statements)
          expect(sql.startsWith(text, start)).toBe(true);
      }),
    );
  });
});
