import { findKind } from '@leeway/connector-kit';
import type { Change, Json, JsonObject, Severity } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from '../index.ts';

function change(kindName: string, path: string, before: Json | undefined, after: Json | undefined): Change {
  const kind = findKind(connector.kinds, `postgresql.${kindName}`);
  if (!kind) throw new Error(`no kind ${kindName}`);
  const whole = path === '' ? { beforeResource: before as JsonObject, afterResource: after as JsonObject } : {};
  return { kind, name: 'app.orders', path, before, after, ...whole };
}

/** As the core does: the first rule whose path and condition fit. */
function severityOf(found: Change): Severity | undefined {
  const fits = (pattern: string) => {
    const source = pattern.replaceAll('/**', '(?:/.*)?').replaceAll('/*', '/[^/]+');
    return new RegExp(`^${source}$`).test(found.path);
  };
  return found.kind.severity?.find((rule) => fits(rule.path) && (rule.when?.(found) ?? true))?.severity;
}

describe('words', () => {
  it.each([
    [
      'table',
      '/columns/ship_date/type',
      'timestamp with time zone',
      'timestamp without time zone',
      'has column ship_date as timestamp without time zone',
      'has column ship_date as timestamp with time zone',
    ],
    ['table', '/columns/qty/nullable', false, true, 'lets column qty be null', 'forbids null in column qty'],
    [
      'table',
      '/columns/qty',
      { type: 'integer', nullable: false, default: '0' },
      undefined,
      'has no column qty',
      'has column qty integer not null default 0',
    ],
    [
      'table',
      '/constraints/foreign key (customer_id)',
      { definition: 'FOREIGN KEY (customer_id) REFERENCES app.customer(id)' },
      undefined,
      'has no constraint foreign key (customer_id)',
      'has constraint foreign key (customer_id): FOREIGN KEY (customer_id) REFERENCES app.customer(id)',
    ],
    [
      'table',
      '/rowSecurity/enabled',
      true,
      false,
      'does not enforce row level security',
      'enforces row level security',
    ],
    ['table', '/owner', undefined, 'mallory', 'belongs to mallory', 'belongs to the usual owner'],
    ['trigger', '/enabled', 'origin', 'disabled', 'is disabled', 'is enabled'],
    ['index', '/columns', ['note'], ['note text_pattern_ops'], 'indexes note text_pattern_ops', 'indexes note'],
    ['role', '/superuser', false, true, 'is superuser', 'is not superuser'],
    ['grant', '/privileges', ['SELECT'], ['DELETE', 'SELECT'], 'allows DELETE, SELECT', 'allows SELECT'],
    ['bound_setting', '/value', { $secret: 'a' }, { $secret: 'b' }, 'is a secret value', 'is a secret value'],
  ])('%s %s', (kind, path, before, after, actual, expected) => {
    const found = change(kind, path, before as Json | undefined, after as Json | undefined);
    expect(found.kind.describe?.(found)).toEqual({ actual, expected });
  });

  it('shorten what nobody reads to the end', () => {
    const found = change('function', '/body', 'select 1', 'x '.repeat(200));
    expect(found.kind.describe?.(found)?.actual.length).toBeLessThan(100);
  });
});

describe('severity', () => {
  it.each<[string, string, Json | undefined, Json | undefined, Severity]>([
    ['table', '', { columns: {} }, undefined, 'high'],
    ['table', '/columns/qty', { type: 'integer' }, undefined, 'high'],
    ['table', '/columns/qty/type', 'integer', 'bigint', 'high'],
    ['table', '/columns/qty/comment', 'a', 'b', 'low'],
    ['table', '/constraints/primary key', {}, undefined, 'high'],
    ['table', '/constraints/primary key/name', 'a', undefined, 'low'],
    ['table', '/rowSecurity/enabled', true, false, 'critical'],
    ['table', '/rowSecurity/enabled', false, true, 'high'],
    ['trigger', '/enabled', 'origin', 'disabled', 'high'],
    ['role', '/superuser', false, true, 'critical'],
    ['role', '', undefined, { superuser: true }, 'critical'],
    ['role', '', undefined, { superuser: false }, 'high'],
    ['grant', '', undefined, { grantee: 'PUBLIC' }, 'high'],
    ['grant', '', undefined, { grantee: 'reporting' }, 'medium'],
    ['grant', '/privileges', ['SELECT'], ['DELETE', 'SELECT'], 'high'],
    ['policy', '', { table: 'app.orders' }, undefined, 'critical'],
    ['function', '/securityDefiner', false, true, 'critical'],
    ['function', '/body', 'a', 'b', 'high'],
  ])('%s %s %j → %j is %s', (kind, path, before, after, severity) => {
    expect(severityOf(change(kind, path, before, after))).toBe(severity);
  });
});
