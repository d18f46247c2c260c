/** Object identifiers of PostgreSQL's types, as in its pg_type.dat. */
const typeId = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  timestamptz: 1184,
  jsonb: 3802,
} as const;

export type TypeParser = (text: string) => unknown;

/**
 * What a value in PostgreSQL's text form is in JavaScript, by type; every other type stays text. Both drivers get this
 * table, because their own ones differ (bigint is a string in one and a number in the other).
 */
export const typeParsers: Readonly<Record<number, TypeParser>> = {
  [typeId.bool]: (text) => text === 't',
  [typeId.bytea]: parseBytes,
  [typeId.int8]: parseBigint,
  [typeId.int2]: Number,
  [typeId.int4]: Number,
  [typeId.oid]: Number,
  [typeId.float4]: Number,
  [typeId.float8]: Number,
  [typeId.json]: JSON.parse,
  [typeId.jsonb]: JSON.parse,
  [typeId.timestamptz]: (text) => new Date(text).toISOString(),
};

/** Lists of int4, text, int8 and uuid. The embedded driver makes arrays of them by itself; the other one has to be told. */
export const arrayTypes: ReadonlySet<number> = new Set([1007, 1009, 1016, 2951]);

export const byteaType = typeId.bytea;

/** The `hex` output format: `\x` and two digits a byte. */
function parseBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text.slice(2), 'hex');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A number where it is exact, a bigint beyond. */
function parseBigint(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
