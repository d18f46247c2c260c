import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalExpression } from './expression.ts';

describe('canonicalExpression', () => {
  it.each([
    // As first created, and as it comes back from a dump: PostgreSQL moves the casts.
    [
      "CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
      "CHECK (((kind)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))",
    ],
    ['CURRENT_TIMESTAMP', 'now()'],
    ["'x'::text", "'x'"],
    ['(qty > 0)', 'qty > 0'],
    ['CHECK (("user" > 0))', 'CHECK ((user_ > 0))'.replace('user_', '"user"')],
    ['"json"', 'json'],
    ["nextval('app.orders_id_seq'::regclass)", "nextval( 'app.orders_id_seq'::regclass )"],
    ['a  AND\n   b', 'a AND b'],
  ])('%s is %s', (left, right) => {
    expect(canonicalExpression(left)).toBe(canonicalExpression(right));
  });

  it.each([
    ['qty > 0', 'qty >= 0'],
    ['a AND (b OR c)', '(a AND b) OR c'],
    ["note = 'a b'", "note = 'a  b'"],
    ["'1'::integer", "'1'"],
    ["'a'::character varying(3)", "'a'"],
    ['a - (b - c)', 'a - b - c'],
    ['CURRENT_TIMESTAMP(0)', 'now()'],
    ['CURRENT_USER', '"current_user"'],
    ['lower(a)', 'lower a'],
    ["x -> 'a'", "x ->> 'a'"],
    ['a.b', 'c.b'],
  ])('%s is not %s', (left, right) => {
    expect(canonicalExpression(left)).not.toBe(canonicalExpression(right));
  });

  it('keeps text it cannot take apart, however deep or unbalanced', () => {
    expect(canonicalExpression('((a')).toBe('( ( a');
    expect(canonicalExpression('('.repeat(5000) + ')'.repeat(5000))).not.toBe('');
  });

  it('is idempotent', () => {
    const atom = fc.constantFrom(
      'a',
      'b.c',
      "'x'",
      "'x'::text",
      '1',
      'now()',
      'CURRENT_TIMESTAMP',
      'ARRAY[1, 2]',
      '"Q"',
      "('y'::character varying)::text",
    );
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small' },
        atom,
        fc
          .tuple(tie('expression'), fc.constantFrom('AND', '=', '||', '->>', '-'), tie('expression'))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('expression').map((inner) => `(${inner})`),
        tie('expression').map((inner) => `lower(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(expression, fc.string()), (text) => {
        const once = canonicalExpression(text);
        expect(canonicalExpression(once)).toBe(once);
      }),
    );
  });
});
