import { z } from 'zod';

/** JSON-RPC: errors come with status 200 and name a Python exception. */
export const RpcAnswer = z.union([
  z.looseObject({ result: z.json() }),
  z.looseObject({ error: z.looseObject({ data: z.looseObject({ name: z.string() }).optional() }) }),
]);

export const OdooRecord = z.looseObject({ id: z.int() });
export const OdooRecords = z.array(OdooRecord);
export type OdooRecord = Readonly<Record<string, z.core.util.JSONType>> & { readonly id: number };

/** What `fields_get` says of a field, as far as it is used here. */
export const FieldDefinition = z.looseObject({
  type: z.string(),
  relation: z.string().optional(),
  related: z.union([z.string(), z.array(z.string())]).optional(),
  readonly: z.boolean().optional(),
});
export type FieldDefinition = z.infer<typeof FieldDefinition>;
export const FieldDefinitions = z.record(z.string(), FieldDefinition);
export type FieldDefinitions = z.infer<typeof FieldDefinitions>;
