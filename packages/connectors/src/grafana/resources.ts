import type { Seal } from '@leeway/connector-kit';
import type { Json, JsonObject, Origin, Resource } from '@leeway/core';
import type { AlertRule, ContactPoint, DataSource } from './schema.ts';

/** Only the fields that are set. */
function present(fields: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as JsonObject;
}

/** A dashboard without what the server numbers; its title and folder say which one it is, everywhere. */
export function toDashboard(dashboard: Readonly<Record<string, unknown>>, folder: string, origin: Origin): Resource {
  const { uid: _, id: __, ...fields } = dashboard;
  const title = String(dashboard['title']);
  return {
    kind: 'grafana.dashboard',
    key: folder === '' ? title : `${folder}/${title}`,
    attributes: present(fields),
    origin,
  };
}

/** A data source; of its secrets, which ones are set. */
export function toDataSource(source: DataSource, place: string): Resource {
  const { name, type, access, url, user, database, basicAuth, isDefault, jsonData } = source;
  const set = Object.entries(source.secureJsonFields ?? {}).flatMap(([field, is]) => (is ? [field] : []));
  const secrets = [...new Set([...set, ...Object.keys(source.secureJsonData ?? {})])].sort();
  const attributes = present({ type, access, url, user, database, basicAuth, isDefault, jsonData, secrets });
  return { kind: 'grafana.data-source', key: name, attributes, origin: { place } };
}

export function toAlertRule(rule: AlertRule, group: string, place: string): Resource {
  const { title, condition, data, noDataState, execErrState, labels, annotations, isPaused } = rule;
  const attributes = present({
    condition,
    data,
    for: rule.for,
    noDataState,
    execErrState,
    labels,
    annotations,
    isPaused,
  });
  return { kind: 'grafana.alert-rule', key: `${group}/${title}`, attributes, origin: { place } };
}

/** Settings that hold a secret or an address with one: the API hides some and shows others. */
const secretSetting = /(?:url|password|token|secret|key|credentials)$/i;

export function toContactPoint(point: ContactPoint, seal: Seal, place: string): Resource {
  const { name, type, settings, disableResolveMessage } = point;
  const masked = Object.entries(settings).map(([field, value]) => [field, maskSetting(field, value, seal)] as const);
  const attributes = present({ type, settings: Object.fromEntries(masked), disableResolveMessage });
  return { kind: 'grafana.contact-point', key: `${name} (${type})`, attributes, origin: { place } };
}

function maskSetting(field: string, value: Json, seal: Seal): Json {
  if (value === '[REDACTED]') return '(set)';
  return secretSetting.test(field) && typeof value === 'string' ? seal(value) : value;
}

/** The same name twice gets a number, in the order of what they say. */
export function numbered(resources: readonly Resource[]): readonly Resource[] {
  const seen = new Map<string, number>();
  const text = ({ attributes }: Resource) => JSON.stringify(attributes);
  return resources
    .toSorted((a, b) => (text(a) < text(b) ? -1 : Number(text(a) > text(b))))
    .map((resource) => {
      const name = `${resource.kind} ${resource.key}`;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return count === 1 ? resource : { ...resource, key: `${resource.key} #${count}` };
    });
}
