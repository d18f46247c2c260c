import { describe, expect, it } from 'vitest';
import { Privileges } from './privileges.ts';
import { shapeColumn } from './shape-column.ts';
import { bodyText, collationName, definerName, expressionText, setMembers, timestampText, typeName } from './text.ts';

describe('privileges of a reader', () => {
  const grants = (...lines: readonly string[]) => new Privileges(lines.map((line) => ({ grants: line })));
  it.each([
    ['GRANT SELECT, TRIGGER ON *.* TO `r`@`%`', 'TRIGGER', 'shop', true],
    ['GRANT SELECT ON *.* TO `r`@`%`', 'TRIGGER', 'shop', false],
    ['GRANT ALL PRIVILEGES ON *.* TO `r`@`%` WITH GRANT OPTION', 'EVENT', '*', true],
    ['GRANT SELECT ON `shop`.* TO `r`@`%`', 'SELECT', 'shop', true],
    ['GRANT SELECT ON `shop`.* TO `r`@`%`', 'SELECT', '*', false],
    ['GRANT SELECT ON `shop_%`.* TO `r`@`%`', 'SELECT', 'shop-eu', true],
    ['GRANT SELECT ON `shop\\_eu`.* TO `r`@`%`', 'SELECT', 'shop_eu', true],
    ['GRANT SELECT ON `shop\\_eu`.* TO `r`@`%`', 'SELECT', 'shop-eu', false],
    ['GRANT SELECT ON `a.b`.* TO `r`@`%`', 'SELECT', 'aXb', false],
    ['GRANT SELECT ON `shop`.`orders` TO `r`@`%`', 'SELECT', 'shop', false],
    ['GRANT SELECT (`id`) ON `shop`.* TO `r`@`%`', 'SELECT', 'shop', false],
    ['GRANT `reporting` TO `r`@`%`', 'SELECT', 'shop', false],
    ['no grant at all', 'SELECT', 'shop', false],
  ])('%s: %s on %s is %s', (line, privilege, database, expected) => {
    expect(grants(line).has({ privilege, database })).toBe(expected);
  });

  it('are gone where MySQL took a part back', () => {
    const own = grants('GRANT SELECT ON *.* TO `r`@`%`', 'REVOKE SELECT ON `pay`.* FROM `r`@`%`');
    expect(own.has({ privilege: 'SELECT', database: 'shop' })).toBe(true);
    expect(own.has({ privilege: 'SELECT', database: 'pay' })).toBe(false);
  });

  it('may be those on one table', () => {
    const own = grants('GRANT SELECT ON `mysql`.`proc` TO `r`@`%`');
    expect(own.has({ privilege: 'SELECT', database: 'mysql', table: 'proc' })).toBe(true);
    expect(own.has({ privilege: 'SELECT', database: 'mysql' })).toBe(false);
  });
});

describe('spellings', () => {
  it.each([
    ['int(11)', 'int'],
    ['bigint(20) unsigned', 'bigint unsigned'],
    ['int(5) unsigned zerofill', 'int(5) unsigned zerofill'],
    ['tinyint(1)', 'tinyint(1)'],
    ['tinyint(4)', 'tinyint'],
    ['year(4)', 'year'],
    ['decimal(12,2)', 'decimal(12,2)'],
    ["enum('int(11)')", "enum('int(11)')"],
  ])('type %s is %s', (type, expected) => {
    expect(typeName(type)).toBe(expected);
    expect(typeName(expected)).toBe(expected);
  });

  it('of everything else', () => {
    expect(collationName('utf8_general_ci')).toBe('utf8mb3_general_ci');
    expect(collationName('utf8mb4_bin')).toBe('utf8mb4_bin');
    expect(expressionText('select `o`.`id` AS `id`\n from `shop`.`orders` `o`', 'shop')).toBe(
      'select o.id AS id from orders o',
    );
    expect(expressionText('`odd name` > 0', 'shop')).toBe('`odd name` > 0');
    expect(definerName('app@10.1.2.3')).toBe('app');
    expect(setMembers('B,A')).toEqual(setMembers('A,B'));
    expect(bodyText('begin  \r\n  set x = 1;\r\nend\n')).toBe('begin\n  set x = 1;\nend');
    expect(timestampText('CURRENT_TIMESTAMP(3)')).toBe(timestampText('current_timestamp(3)'));
    expect(timestampText('now()')).toBe('current_timestamp');
  });
});

describe('a column as both products tell it', () => {
  const table = { table_schema: 'shop', table_collation: 'utf8mb4_0900_ai_ci' };
  const column = (fields: Readonly<Record<string, string | null>>) => ({
    table_schema: 'shop',
    column_name: 'c',
    is_nullable: 'YES',
    extra: '',
    numeric_precision: null,
    column_default: null,
    ...fields,
  });
  const same = (mysql: Readonly<Record<string, string | null>>, mariadb: Readonly<Record<string, string | null>>) => {
    const [, left] = shapeColumn(column(mysql), table, 'MySQL');
    const [, right] = shapeColumn(column(mariadb), table, 'MariaDB');
    expect(left).toEqual(right);
    return left;
  };

  it('has one default', () => {
    same({ column_type: 'varchar(9)' }, { column_type: 'varchar(9)', column_default: 'NULL' });
    expect(same({ column_default: "it's" }, { column_default: "'it''s'" })['default']).toBe("'it''s'");
    same(
      { column_type: 'int', numeric_precision: '10', column_default: '0' },
      { column_type: 'int(11)', numeric_precision: '10', column_default: '0' },
    );
    same(
      { column_default: 'CURRENT_TIMESTAMP', extra: 'DEFAULT_GENERATED on update CURRENT_TIMESTAMP' },
      { column_default: 'current_timestamp()', extra: 'on update current_timestamp()' },
    );
  });

  it('says its collation where it is not the table’s', () => {
    const [, own] = shapeColumn(column({ collation_name: 'ascii_bin' }), table, 'MySQL');
    const [, usual] = shapeColumn(column({ collation_name: 'utf8mb4_0900_ai_ci' }), table, 'MySQL');
    expect(own['collation']).toBe('ascii_bin');
    expect(usual).not.toHaveProperty('collation');
  });
});
