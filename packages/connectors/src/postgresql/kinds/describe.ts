import { type Change, type Description, isJsonArray, isJsonObject, type Json } from '@leeway/core';

/** A pointer's tokens, decoded. */
export function tokensOf(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Both sides of a change, each in words made from its value. */
export function bothSides(change: Change, say: (value: Json | undefined) => string): Description {
  return { actual: say(change.after), expected: say(change.before) };
}

/** A value as it reads in a sentence; long texts are shortened. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (isJsonArray(value)) return value.length === 0 ? 'none' : shorten(value.map(textOf).join(', '));
  if (isJsonObject(value))
    return '$secret' in value
      ? 'a secret value'
      : shorten(
          Object.entries(value)
            .map(([key, field]) => `${key} ${textOf(field)}`)
            .join(', '),
        );
  return shorten(String(value).replaceAll(/\s+/g, ' ').trim());
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const isAbsent = (value: Json | undefined) => value === undefined || value === null;

/** How a column reads: `integer not null default 0`. */
export function columnText(column: Json | undefined): string {
  if (!isJsonObject(column)) return textOf(column);
  const parts = [textOf(column['type'])];
  if (column['nullable'] === false) parts.push('not null');
  if (column['default'] !== undefined) parts.push(`default ${textOf(column['default'])}`);
  if (column['identity'] !== undefined) parts.push(`generated ${textOf(column['identity'])} as identity`);
  return parts.join(' ');
}

const columnFields: Readonly<Record<string, (name: string, value: Json | undefined) => string>> = {
  type: (name, value) => `has column ${name} as ${textOf(value)}`,
  nullable: (name, value) => (value === true ? `lets column ${name} be null` : `forbids null in column ${name}`),
  default: (name, value) =>
    isAbsent(value) ? `gives column ${name} no default` : `defaults column ${name} to ${textOf(value)}`,
  identity: (name, value) =>
    isAbsent(value)
      ? `does not number column ${name} itself`
      : `numbers column ${name} itself (${textOf(value)} as identity)`,
  comment: (name, value) =>
    isAbsent(value) ? `has no comment on column ${name}` : `says of column ${name}: ${textOf(value)}`,
};

const tableFields: Readonly<Record<string, (value: Json | undefined) => string>> = {
  owner: ownerText,
  comment: commentText,
  persistence: (value) => (isAbsent(value) ? 'survives a crash' : 'is unlogged and loses its rows in a crash'),
  'rowSecurity/enabled': (value) =>
    value === true ? 'enforces row level security' : 'does not enforce row level security',
  'rowSecurity/forced': (value) =>
    value === true ? 'forces row level security on its owner' : 'exempts its owner from row level security',
  partitionBy: (value) => (isAbsent(value) ? 'is not partitioned' : `is partitioned by ${textOf(value)}`),
  partitionBound: (value) => (isAbsent(value) ? 'is no partition' : `holds the partition ${textOf(value)}`),
};

export function ownerText(value: Json | undefined): string {
  return isAbsent(value) ? 'belongs to the usual owner' : `belongs to ${textOf(value)}`;
}

export function commentText(value: Json | undefined): string {
  return isAbsent(value) ? 'has no comment' : `carries the comment "${textOf(value)}"`;
}

/** Words for a difference in a table. */
export function describeTable(change: Change): Description | undefined {
  const [part = '', name = '', ...rest] = tokensOf(change.path);
  if (part === 'columns' && name !== '') {
    const say = columnFields[rest[0] ?? ''];
    if (rest.length === 0)
      return bothSides(change, (value) =>
        isAbsent(value) ? `has no column ${name}` : `has column ${name} ${columnText(value)}`,
      );
    if (say && rest.length === 1) return bothSides(change, (value) => say(name, value));
    return bothSides(change, (value) => `has ${rest.join(' ')} of column ${name} ${textOf(value)}`);
  }
  if (part === 'constraints' && name !== '') return describeConstraint(change, name, rest);
  const say = tableFields[name === '' ? part : `${part}/${name}`];
  return say && bothSides(change, say);
}

function describeConstraint(change: Change, name: string, rest: readonly string[]): Description {
  if (rest.length === 0) {
    return bothSides(change, (value) =>
      isJsonObject(value) ? `has constraint ${name}: ${textOf(value['definition'])}` : `has no constraint ${name}`,
    );
  }
  if (rest[0] === 'definition') return bothSides(change, (value) => `has constraint ${name} as ${textOf(value)}`);
  if (rest[0] === 'triggersDisabled') {
    return bothSides(change, (value) =>
      value === true ? `does not enforce constraint ${name}: its triggers are disabled` : `enforces constraint ${name}`,
    );
  }
  if (rest[0] === 'name')
    return bothSides(change, (value) =>
      isAbsent(value) ? `leaves the name of ${name} to PostgreSQL` : `names its ${name} ${textOf(value)}`,
    );
  return bothSides(change, (value) => `has ${rest.join(' ')} of constraint ${name} ${textOf(value)}`);
}

/** Words for fields that read alike in every kind, and for those a kind names. */
export function describeFields(fields: Readonly<Record<string, (value: Json | undefined) => string>>) {
  const known: typeof fields = { owner: ownerText, comment: commentText, ...fields };
  return (change: Change): Description | undefined => {
    const say = known[tokensOf(change.path).join('/')];
    return say && bothSides(change, say);
  };
}

/** `is enabled` / `is disabled` for triggers and rules. */
export function enabledText(value: Json | undefined): string {
  const texts: Readonly<Record<string, string>> = {
    origin: 'is enabled',
    disabled: 'is disabled',
    replica: 'fires on replicas only',
    always: 'is always enabled, on replicas too',
  };
  return texts[String(value)] ?? `is in state ${textOf(value)}`;
}
