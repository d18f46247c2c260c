import {
  authorizationOf,
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  type ReadContext,
  type Reading,
  readYamlFile,
  requestShape,
} from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { z } from 'zod';
import { numbered, toAlertRule, toContactPoint, toDashboard, toDataSource } from './resources.ts';
import * as shapes from './schema.ts';
import type { GrafanaSettings } from './settings.ts';

const system = 'Grafana';
const pageSize = 1000;

type Ask = <Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  permission: string,
) => Promise<Result<z.output<Schema>>>;
type Reader = (ask: Ask, context: ReadContext, place: string) => Promise<Result<readonly Resource[]>>;

function mapped<T>(answer: Result<readonly T[]>, make: (each: T) => Resource): Result<readonly Resource[]> {
  return answer.ok ? ok(answer.value.map(make)) : answer;
}

/** Kind by kind, as the HTTP API offers them. */
const readers: readonly (readonly [kind: string, read: Reader])[] = [
  [
    'grafana.folder',
    async (ask, _, place) =>
      mapped(await askPages(ask, 'folders?', shapes.Folder, 'folders:read'), ({ title }) => ({
        kind: 'grafana.folder',
        key: title,
        attributes: { title },
        origin: { place },
      })),
  ],
  ['grafana.dashboard', readDashboards],
  [
    'grafana.data-source',
    async (ask, _, place) =>
      mapped(await ask('datasources', z.array(shapes.DataSource), 'datasources:read'), (each) =>
        toDataSource(each, place),
      ),
  ],
  [
    'grafana.alert-rule',
    async (ask, _, place) =>
      mapped(await ask('v1/provisioning/alert-rules', z.array(shapes.AlertRule), 'alert.provisioning:read'), (each) =>
        toAlertRule(each, each.ruleGroup, place),
      ),
  ],
  [
    'grafana.contact-point',
    async (ask, { seal }, place) =>
      mapped(
        await ask('v1/provisioning/contact-points', z.array(shapes.ContactPoint), 'alert.provisioning:read'),
        (each) => toContactPoint(each, seal, place),
      ),
  ],
];

/** Reads a server kind by kind, or files; a kind that is denied leaves no other unread. */
export async function* readGrafana(settings: GrafanaSettings, context: ReadContext): AsyncIterable<Reading> {
  if (settings.url === undefined) return yield* readFiles(settings, context);
  const headers = authorizationOf(context, settings, system);
  if (!headers.ok) return yield* headers.problems.map((each): Reading => ({ type: 'notice', problem: each }));
  const place = settings.url.replace(/\/+$/, '');
  const ask: Ask = (path, schema, permission) =>
    requestShape(
      context,
      {
        url: `${place}/api/${path}`,
        system,
        what: path.replace(/\?.*$/, ''),
        permission,
        init: { headers: headers.value },
      },
      schema,
    );
  for (const [kind, read] of readers) {
    const found = await read(ask, context, place);
    if (!found.ok) yield* found.problems.map((each): Reading => ({ type: 'notice', problem: each, kind }));
    else {
      for (const resource of numbered(found.value)) yield { type: 'resource', resource };
      yield { type: 'complete', kind };
    }
  }
}

export async function checkGrafana(settings: GrafanaSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readGrafana(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') lines.push({ what: reading.kind ?? 'files', ok: false, problem: reading.problem });
  }
  return lines;
}

async function askPages<Schema extends z.ZodType>(ask: Ask, path: string, schema: Schema, permission: string) {
  const all: z.output<Schema>[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await ask(`${path}limit=${pageSize}&page=${page}`, z.array(schema), permission);
    if (!answer.ok) return answer;
    all.push(...answer.value);
    if (answer.value.length < pageSize) return ok(all);
  }
}

async function readDashboards(ask: Ask, _: ReadContext, place: string): Promise<Result<readonly Resource[]>> {
  const hits = await askPages(ask, 'search?type=dash-db&', shapes.SearchHit, 'dashboards:read');
  if (!hits.ok) return hits;
  const resources: Resource[] = [];
  for (const { uid } of hits.value.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))) {
    const answer = await ask(`dashboards/uid/${encodeURIComponent(uid)}`, shapes.DashboardAnswer, 'dashboards:read');
    if (!answer.ok) return answer;
    const { dashboard, meta } = answer.value;
    const { updatedBy: actor, updated: at } = meta;
    resources.push(
      toDashboard(dashboard, meta.folderTitle, { place, id: uid, ...(actor && { actor }), ...(at && { at }) }),
    );
  }
  return ok(resources);
}

/** A kind is complete where a file speaks of it and none could not be read. */
async function* readFiles({ files = [] }: GrafanaSettings, context: ReadContext): AsyncIterable<Reading> {
  const paths = await listFiles(context.files, [files].flat());
  const stop = cancelled(context.signal, system);
  const problems: Problem[] = [...(stop ? [stop] : []), ...(paths.ok ? [] : paths.problems)];
  const resources: Resource[] = [];
  for (const path of paths.ok && !stop ? paths.value : []) {
    const found = await readFile(path, context);
    if (found.ok) resources.push(...found.value);
    else problems.push(...found.problems);
  }
  for (const resource of numbered(resources)) yield { type: 'resource', resource };
  for (const each of problems) yield { type: 'notice', problem: each };
  if (problems.length > 0) return;
  for (const kind of new Set(resources.map((resource) => resource.kind))) yield { type: 'complete', kind };
}

async function readFile(path: string, { files, seal }: ReadContext): Promise<Result<readonly Resource[]>> {
  const documents = await readYamlFile(files, path);
  if (!documents.ok) return documents;
  const [document] = documents.value;
  if (!document)
    return failed(problem('LW2009', { what: 'An empty file', expected: 'a provisioning file' }, { file: path }));
  if (path.endsWith('.json')) {
    const dashboard = checkShape(shapes.Dashboard, document, path);
    return dashboard.ok ? ok([toDashboard(dashboard.value, '', { place: path })]) : dashboard;
  }
  const file = checkShape(shapes.Provisioning, document, path);
  if (!file.ok) return file;
  const { datasources, groups, contactPoints } = file.value;
  return ok([
    ...(datasources ?? []).map((each) => toDataSource(each, path)),
    ...(groups ?? []).flatMap(({ name, rules }) => rules.map((rule) => toAlertRule(rule, name, path))),
    ...(contactPoints ?? []).flatMap(({ name, receivers }) =>
      receivers.map((each) => toContactPoint({ ...each, name }, seal, path)),
    ),
  ]);
}
