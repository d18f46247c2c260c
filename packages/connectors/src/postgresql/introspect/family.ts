import type { JsonObject } from '@leeway/core';

/** What one introspection looks at. */
export interface Scope {
  /** `server_version_num`: 150018 is 15.18. */
  readonly version: number;
  /** SQL condition on `n.nspname`: the schemas to look at. */
  readonly schemas: string;
}

/** One row of a family: a resource as the catalogs tell it. */
export interface Row {
  readonly kind: string;
  readonly key: string;
  readonly attributes: JsonObject;
}

/** One statement that reads whole kinds. It returns the columns of {@link Row}, `attributes` as json. */
export interface Family {
  readonly kinds: readonly string[];
  readonly sql: (scope: Scope) => string;
  /** Turns what the statement said into resources, for what SQL cannot say well. */
  readonly shape?: (row: Row, scope: Scope) => readonly Row[];
  /** What a reader needs where PostgreSQL does not let everybody read it. */
  readonly permission?: string;
}

/** SQL: the object is not part of an extension (those come and go with it). */
export function notInExtension(catalog: string, oid: string): string {
  return `not exists (select 1 from pg_depend x where x.classid = '${catalog}'::regclass and x.objid = ${oid}
    and x.refclassid = 'pg_extension'::regclass and x.deptype = 'e')`;
}

/** SQL: options stored as an array of `name=value`, as an object; null when there are none. */
export function optionsOf(column: string): string {
  return `(select json_object_agg(o.option_name, o.option_value) from pg_options_to_table(${column}) o)`;
}
