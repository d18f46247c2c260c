import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { type Json, type Problem, ProblemError } from '@leeway/core';
import { type Draft, type Job, nameApart, wantedKinds } from '../shared/cloud/jobs.ts';
import { type CloudReading, checkCloud, readCloud } from '../shared/cloud/places.ts';
import { textAt } from '../shared/cloud/shape.ts';
import { type Azure, openAzure } from './graph.ts';
import { readRoles, roleKinds } from './roles.ts';
import type { Table } from './row.ts';
import type { AzureSettings } from './settings.ts';
import { signInToAzure } from './sign-in.ts';
import { dataTables } from './tables/data.ts';
import { networkTables } from './tables/network.ts';
import { operationTables } from './tables/operations.ts';
import { openActivity } from './trail.ts';

/** One query each: what of one cannot be read leaves the others alone. */
const groups = [
  { title: 'networks', tables: networkTables },
  { title: 'storage, databases, vaults and clusters', tables: dataTables },
  { title: 'alerts, backups and identities', tables: operationTables },
] as const;

/** Every kind that is read. */
export const azureKinds: readonly string[] = [
  ...groups.flatMap(({ tables }) => tables.flatMap(({ kinds }) => kinds)),
  ...roleKinds,
];

/** Queries run at the same time: the quota allows no more anyway. */
const concurrency = 3;

export function readAzure(settings: AzureSettings, context: ReadContext): AsyncIterable<Reading> {
  return readCloud(readingOf(settings, context));
}

export function checkAzure(settings: AzureSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return checkCloud(readingOf(settings, context));
}

function readingOf(settings: AzureSettings, context: ReadContext): CloudReading {
  const { addresses } = settings;
  return { system: 'Azure', context, concurrency, addresses, plan: () => planJobs(settings, context) };
}

async function planJobs(settings: AzureSettings, context: ReadContext): Promise<readonly Job[] | Problem> {
  let token: string;
  try {
    token = await signInToAzure(settings, context);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  const azure = openAzure(settings, context, token);
  const trail =
    settings.attribution > 0
      ? openActivity(azure, Object.values(settings.subscriptions), settings.attribution, context)
      : undefined;
  const job = (
    title: string,
    all: readonly string[],
    read: (kinds: readonly string[]) => AsyncIterable<Draft>,
  ): readonly Job[] => {
    const kinds = wantedKinds(all, settings);
    return kinds.length === 0 ? [] : [{ title, kinds, prefix: '', trail, read: () => read(kinds) }];
  };
  return [
    ...groups.flatMap(({ title, tables }) =>
      job(
        title,
        tables.flatMap(({ kinds }) => kinds),
        (kinds) => readTables(azure, title, tables, kinds, settings),
      ),
    ),
    ...job('roles', roleKinds, () => nameApart(readRoles(azure))),
  ];
}

async function* readTables(
  azure: Azure,
  title: string,
  tables: readonly Table[],
  kinds: readonly string[],
  settings: AzureSettings,
): AsyncGenerator<Draft> {
  const wanted = new Map(
    tables.filter((table) => table.kinds.some((kind) => kinds.includes(kind))).map((table) => [table.type, table]),
  );
  const types = [...wanted.keys()].map((type) => `'${type}'`).join(', ');
  const columns =
    'id, name, type, kind, location, resourceGroup, subscriptionId, sku, identity, zones, tags, properties';
  const rows = azure.query(title, `resources | where type in~ (${types}) | project ${columns} | order by id asc`);
  for await (const row of rows) {
    const prefix = prefixOf(row, settings);
    const found = wanted.get((textAt(row, 'type') ?? '').toLowerCase())?.read(row) ?? [];
    for (const { kind, name, attributes, id } of found)
      yield { kind, name: prefix + name, detail: id, attributes, ids: [id] };
  }
}

/** `wms/rg-wms-prod/`: the subscription where there are several, and the group, in which names are unique. */
function prefixOf(row: Json, { subscriptions }: AzureSettings): string {
  const entries = Object.entries(subscriptions);
  const id = (textAt(row, 'subscriptionId') ?? '').toLowerCase();
  const name = entries.find(([, value]) => value.toLowerCase() === id)?.[0];
  const group = textAt(row, 'resourceGroup')?.toLowerCase();
  return `${entries.length > 1 && name !== undefined ? `${name}/` : ''}${group === undefined ? '' : `${group}/`}`;
}
