import { z } from 'zod';

const Fields = z.record(z.string(), z.json());
const Name = z.string().min(1);

export const Folder = z.looseObject({ uid: Name, title: Name });
export const SearchHit = z.looseObject({ uid: Name });
export const Dashboard = z.looseObject({ title: Name }).catchall(z.json());
export const DashboardAnswer = z.looseObject({
  dashboard: Dashboard,
  meta: z.looseObject({
    folderTitle: z.string().default(''),
    updatedBy: z.string().optional(),
    updated: z.string().optional(),
  }),
});

export const DataSource = z.looseObject({
  name: Name,
  type: Name,
  access: z.string().optional(),
  url: z.string().optional(),
  user: z.string().optional(),
  database: z.string().optional(),
  basicAuth: z.boolean().optional(),
  isDefault: z.boolean().optional(),
  jsonData: Fields.nullish(),
  /** Of the API: which secrets are set. Of files: the secrets themselves. */
  secureJsonFields: z.record(z.string(), z.boolean()).nullish(),
  secureJsonData: Fields.nullish(),
});
export type DataSource = z.infer<typeof DataSource>;

export const AlertRule = z.looseObject({
  title: Name,
  ruleGroup: z.string().default(''),
  condition: z.string().optional(),
  data: z.array(Fields).default([]),
  for: z.string().optional(),
  noDataState: z.string().optional(),
  execErrState: z.string().optional(),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  isPaused: z.boolean().optional(),
});
export type AlertRule = z.infer<typeof AlertRule>;

export const ContactPoint = z.looseObject({
  name: Name,
  type: Name,
  settings: Fields.default({}),
  disableResolveMessage: z.boolean().optional(),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

/** A provisioning file: Grafana's documentation, "Provision Grafana". */
export const Provisioning = z.looseObject({
  apiVersion: z.int(),
  datasources: z.array(DataSource).nullish(),
  groups: z.array(z.looseObject({ name: Name, rules: z.array(AlertRule) })).nullish(),
  contactPoints: z
    .array(z.looseObject({ name: Name, receivers: z.array(ContactPoint.omit({ name: true })) }))
    .nullish(),
});
export type Provisioning = z.infer<typeof Provisioning>;
