import { describe, expect, it } from 'vitest';
import { dropEqualAliases, unqualifyTopLevel } from './view-text.ts';

/** Left: as PostgreSQL 15 deparses; right: as 16 and later do. */
describe('unqualifyTopLevel', () => {
  it.each([
    [
      'SELECT orders.id,\n upper(orders.note) AS note\n FROM app.orders\n WHERE (orders.qty > 1)',
      'SELECT id,\n upper(note) AS note\n FROM app.orders\n WHERE (qty > 1)',
    ],
    ['SELECT o.id FROM app.orders o ORDER BY o.id', 'SELECT id FROM app.orders o ORDER BY id'],
    [
      'WITH x AS (\n SELECT orders.id\n FROM app.orders\n )\n SELECT x.id\n FROM x',
      'WITH x AS (\n SELECT orders.id\n FROM app.orders\n )\n SELECT id\n FROM x',
    ],
    ['SELECT "Order".id FROM app."Order"', 'SELECT id FROM app."Order"'],
    ['SELECT f.a FROM app.list(1) f(a, b)', 'SELECT a FROM app.list(1) f(a, b)'],
  ])('%s', (before, after) => {
    expect(unqualifyTopLevel(before)).toBe(after);
  });

  it.each([
    'SELECT o.id,\n c.name\n FROM (app.orders o\n JOIN app.customer c ON ((c.id = o.customer_id)))',
    'SELECT a.id, b.id FROM app.a, app.b',
    'SELECT orders.id FROM app.orders UNION ALL SELECT customer.id FROM app.customer',
    "SELECT 'orders.id' AS text FROM app.orders",
    'SELECT orders.*::app.orders AS orders FROM app.orders',
    'SELECT 1',
  ])('leaves alone: %s', (text) => {
    expect(unqualifyTopLevel(text)).toBe(text);
  });

  it('leaves references from a subquery alone', () => {
    const text =
      'SELECT orders.id, ( SELECT count(*) AS count FROM app.customer c WHERE (c.id = orders.customer_id)) AS n FROM app.orders';
    expect(unqualifyTopLevel(text)).toBe(text.replace('SELECT orders.id', 'SELECT id'));
  });
});

describe('dropEqualAliases', () => {
  it.each([
    ['SELECT a FROM app.orders orders WHERE (a > 1)', 'SELECT a FROM app.orders WHERE (a > 1)'],
    ['SELECT 1 FROM (app."T" "T" JOIN app.u u ON (true))', 'SELECT 1 FROM (app."T" JOIN app.u ON (true))'],
    ["SELECT 'a a'::text AS a FROM app.orders o", "SELECT 'a a'::text AS a FROM app.orders o"],
  ])('%s', (before, after) => {
    expect(dropEqualAliases(before)).toBe(after);
  });
});
