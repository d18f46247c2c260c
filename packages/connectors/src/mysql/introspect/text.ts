/** One spelling for what servers of other versions write otherwise. */

/** `utf8` is what `utf8mb3` was called before MySQL 8.0.28 and MariaDB 10.6. */
export function collationName(name: string | null | undefined): string | undefined {
  return name ? name.replace(/^utf8(?=_|$)/, 'utf8mb3') : undefined;
}

/**
 * A column's type. The display width of whole numbers says nothing and is gone since MySQL 8.0.19; `tinyint(1)` stays, as
 * drivers read it as a boolean, and so does a width that pads with zeros.
 */
export function typeName(type: string): string {
  if (/zerofill/.test(type) || type === 'tinyint(1)') return type;
  return type.replace(/^((?:tiny|small|medium|big)?int|year)\(\d+\)/, '$1').replace(/^utf8(?=_|$)/, 'utf8mb3');
}

/** An expression or view as the server prints it, without quotes of names and the database it stands in itself. */
export function expressionText(text: string, database: string): string {
  const own = `\`${database.replaceAll('`', '``')}\`.`;
  return text
    .replaceAll(own, '')
    .replaceAll(/`(\w+)`/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A body of statements: line ends and trailing blanks say nothing. */
export function bodyText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();
}

/** sql_mode and other sets: the order of their members says nothing. */
export function setMembers(text: string | null | undefined): readonly string[] {
  return (text ?? '').split(',').filter(Boolean).sort();
}

/** The user part of a definer: from where somebody signed in when making something is nobody's decision. */
export function definerName(definer: string | null | undefined): string | undefined {
  return definer ? definer.replace(/@[^@]*$/, '') : undefined;
}

/** `current_timestamp()`, `now()` and `CURRENT_TIMESTAMP` are one; digits of seconds stay. */
export function timestampText(text: string): string {
  return text.replaceAll(/\b(?:current_timestamp|now)\b(?:\((\d*)\))?/gi, (_, digits?: string) =>
    digits ? `current_timestamp(${digits})` : 'current_timestamp',
  );
}
