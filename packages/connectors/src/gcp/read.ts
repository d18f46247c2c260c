import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { isJsonObject, type Json, type Problem, ProblemError } from '@leeway/core';
import { type Draft, type Job, nameApart, wantedKinds } from '../shared/cloud/jobs.ts';
import { type CloudReading, checkCloud, readCloud } from '../shared/cloud/places.ts';
import { textAt } from '../shared/cloud/shape.ts';
import { type Google, openGoogle } from './assets.ts';
import { grantKinds, readGrants } from './grants.ts';
import { projectOf, type Table } from './row.ts';
import type { GcpSettings } from './settings.ts';
import { signInToGoogle } from './sign-in.ts';
import { dataTables } from './tables/data.ts';
import { networkTables } from './tables/network.ts';
import { identityTables, runtimeTables } from './tables/runtime.ts';
import { openAudit } from './trail.ts';

/** One list each: what of one cannot be read leaves the others alone. Small ones are named apart. */
const groups = [
  { title: 'networks', tables: networkTables, isSmall: false },
  { title: 'storage, databases, keys and images', tables: dataTables, isSmall: false },
  { title: 'clusters and alerts', tables: runtimeTables, isSmall: true },
  { title: 'service accounts and roles', tables: identityTables, isSmall: true },
] as const;

/** Every kind that is read. */
export const gcpKinds: readonly string[] = [
  ...groups.flatMap(({ tables }) => tables.map(({ kind }) => kind)),
  ...grantKinds,
];

const concurrency = 3;

export function readGcp(settings: GcpSettings, context: ReadContext): AsyncIterable<Reading> {
  return readCloud(readingOf(settings, context));
}

export function checkGcp(settings: GcpSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  return checkCloud(readingOf(settings, context));
}

function readingOf(settings: GcpSettings, context: ReadContext): CloudReading {
  const { addresses } = settings;
  return { system: 'Google Cloud', context, concurrency, addresses, plan: () => planJobs(settings, context) };
}

async function planJobs(settings: GcpSettings, context: ReadContext): Promise<readonly Job[] | Problem> {
  let token: string;
  try {
    token = await signInToGoogle(settings, context);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  const google = openGoogle(settings, context, token);
  const trail = settings.attribution > 0 ? openAudit(google, settings.attribution, context) : undefined;
  const job = (
    title: string,
    all: readonly string[],
    read: (kinds: readonly string[]) => AsyncIterable<Draft>,
  ): readonly Job[] => {
    const kinds = wantedKinds(all, settings);
    return kinds.length === 0 ? [] : [{ title, kinds, prefix: '', trail, read: () => read(kinds) }];
  };
  return [
    ...groups.flatMap(({ title, tables, isSmall }) =>
      job(
        title,
        tables.map(({ kind }) => kind),
        (kinds) => {
          const drafts = readTables(
            google,
            title,
            tables.filter(({ kind }) => kinds.includes(kind)),
            settings,
          );
          return isSmall ? nameApart(drafts) : drafts;
        },
      ),
    ),
    ...job('grants', grantKinds, (kinds) => readGrants(google, kinds, (asset) => prefixOf(asset, settings))),
  ];
}

async function* readTables(
  google: Google,
  title: string,
  tables: readonly Table[],
  settings: GcpSettings,
): AsyncGenerator<Draft> {
  const wanted = new Map(tables.map((table) => [table.type, table]));
  for await (const read of google.assets(title, 'RESOURCE', [...wanted.keys()])) {
    const asset = withProjectId(read, settings);
    const table = wanted.get(textAt(asset, 'assetType') ?? '');
    const found = table?.read(asset);
    if (!table || !found) continue;
    const { name, attributes, ids = [], ...more } = found;
    const id = textAt(attributes, 'id') ?? '';
    const link = textAt(attributes, 'self_link');
    const all = [id, ...ids, ...(link === undefined ? [] : [link])];
    yield { kind: table.kind, name: prefixOf(asset, settings) + name, attributes, ids: all, ...more };
  }
}

/** Some services know projects by number where everybody else has their id. */
function withProjectId(asset: Json, { scope }: GcpSettings): Json {
  const name = textAt(asset, 'name') ?? '';
  const [, project] = /^projects\/(.*\D.*)$/.exec(scope) ?? [];
  if (project === undefined || !isJsonObject(asset)) return asset;
  return { ...asset, name: name.replace(/\/projects\/\d+\//, `/projects/${project}/`) };
}

/** The project, where more than one is read. */
function prefixOf(asset: Json, { scope }: GcpSettings): string {
  const project = projectOf(textAt(asset, 'name') ?? '');
  return scope.startsWith('projects/') || project === '' ? '' : `${project}/`;
}
