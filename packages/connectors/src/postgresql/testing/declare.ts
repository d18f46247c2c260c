import { type Collected, collect, createReadContext, findKind, sealWith } from '@leeway/connector-kit';
import { compareAttributes, type Difference, type Resource } from '@leeway/core';
import { memoryFiles } from '../../../../connector-kit/src/testing/memory-files.ts';
import { connector } from '../index.ts';

interface Options {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A context over files in memory. */
export function testContext(files: Readonly<Record<string, string>>, { signal, variables = {} }: Options = {}) {
  return createReadContext({
    environment: 'test',
    system: 'PostgreSQL',
    files: memoryFiles(files),
    seal: sealWith('a key for tests only'),
    variable: (name) => variables[name],
    ...(signal && { signal }),
  });
}

/** Reads with the settings given. */
export async function read(
  settings: unknown,
  files: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<Collected> {
  using context = testContext(files, options);
  return await collect(connector, connector.settings.parse(settings), context);
}

/** What SQL declares: one text, or files by path. */
export function declare(sql: string | Readonly<Record<string, string>>, options: Options = {}): Promise<Collected> {
  const files = typeof sql === 'string' ? { 'schema.sql': sql } : sql;
  return read({ files: ['**/*.sql'], ...options.settings }, files, options);
}

/** Differences in words: `table app.orders /columns/qty/type: integer → bigint`, `missing …`, `unmanaged …`. */
export function tellDifferences(expected: Collected, actual: Collected): readonly string[] {
  const before = index(expected.resources);
  const after = index(actual.resources);
  const missing = [...before.keys()].filter((name) => !after.has(name)).map((name) => `missing ${name}`);
  const isDeclared = (name: string) => expected.complete.includes(`postgresql.${name.split(' ')[0]}`);
  const unmanaged = [...after.keys()]
    .filter((name) => !before.has(name) && isDeclared(name))
    .map((name) => `unmanaged ${name}`);
  const changed = [...before].flatMap(([name, resource]) =>
    compare(resource, after.get(name)).map((difference) => tell(name, difference)),
  );
  return [...missing, ...unmanaged, ...changed];
}

function index(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(
    resources.map((resource) => [`${resource.kind.slice('postgresql.'.length)} ${resource.key}`, resource]),
  );
}

function compare(before: Resource, after: Resource | undefined): readonly Difference[] {
  const kind = findKind(connector.kinds, before.kind);
  return kind && after ? compareAttributes(kind, before.attributes, after.attributes) : [];
}

function tell(name: string, { path, left, right }: Difference): string {
  return `${name} ${path}: ${JSON.stringify(left) ?? 'absent'} → ${JSON.stringify(right) ?? 'absent'}`;
}
