import type { JsonObject } from '@leeway/core';
import type { Row } from '../read/session.ts';
import { type Scope, withoutEmpty } from './section.ts';
import { collationName, expressionText, timestampText, typeName } from './text.ts';

/** A column's name and what it is. Its collation is said where it is not the table's. */
export function shapeColumn(row: Row, table: Row, flavour: Scope['flavour']): readonly [string, JsonObject] {
  const extra = row['extra'] ?? '';
  const collation = row['collation_name'] === table['table_collation'] ? undefined : row['collation_name'];
  const attributes = withoutEmpty({
    type: typeName(row['column_type'] ?? ''),
    nullable: row['is_nullable'] === 'YES',
    default: defaultText(row, flavour),
    autoIncrement: /auto_increment/i.test(extra) ? true : undefined,
    onUpdate: onUpdateText(extra),
    generated: generatedText(row, extra),
    invisible: /invisible/i.test(extra) ? true : undefined,
    collation: collationName(collation),
    comment: row['column_comment'],
  });
  return [row['column_name'] ?? '', attributes];
}

function onUpdateText(extra: string): string | undefined {
  const found = /on update (\S+)/i.exec(extra)?.[1];
  return found && timestampText(found);
}

function generatedText(row: Row, extra: string): string | undefined {
  const expression = row['generation_expression'];
  if (!expression) return undefined;
  const kept = /stored|persistent/i.test(extra) ? 'stored' : 'virtual';
  return `${expressionText(expression, row['table_schema'] ?? '')} ${kept}`;
}

/**
 * The default as SQL. MariaDB writes it so (https://mariadb.com/kb/en/information-schema-columns-table/); MySQL writes the
 * bare text of literals, and DEFAULT_GENERATED beside expressions.
 */
function defaultText(row: Row, flavour: Scope['flavour']): string | undefined {
  const text = row['column_default'];
  if (text === null || text === undefined) return undefined;
  if (flavour === 'MariaDB') return text === 'NULL' ? undefined : timestampText(text);
  const isExpression = /DEFAULT_GENERATED/i.test(row['extra'] ?? '') || /^CURRENT_TIMESTAMP/i.test(text);
  if (isExpression) return timestampText(expressionText(text, row['table_schema'] ?? ''));
  const isBare = row['numeric_precision'] !== null || row['data_type'] === 'bit';
  return isBare ? text : `'${text.replaceAll("'", "''")}'`;
}
