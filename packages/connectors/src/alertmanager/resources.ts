import type { Seal } from '@leeway/connector-kit';
import { isJsonArray, isJsonObject, type Json, type JsonObject, type Resource } from '@leeway/core';
import type { Configuration, Inhibition, Route, Silence } from './schema.ts';

type Pairs = Readonly<Record<string, string>> | undefined;

/** Everything a configuration says, as resources. */
export function toResources(configuration: Configuration, place: string, seal: Seal): readonly Resource[] {
  const { global, route, receivers, inhibit_rules, time_intervals, mute_time_intervals } = configuration;
  const mask = (value: Json) => maskValue('', value, seal);
  const named = (kind: string, { name, ...fields }: { readonly name: string }) => ({
    kind,
    key: name,
    attributes: mask(fields as Json) as JsonObject,
  });
  const intervals = [...(time_intervals ?? []), ...(mute_time_intervals ?? [])];
  const found: readonly Resource[] = [
    ...(global ? [{ kind: 'alertmanager.global', key: 'global', attributes: mask(global) as JsonObject }] : []),
    ...routeResources(route, 'root', new Map()),
    ...receivers.map((receiver) => toReceiver(receiver.name, mask(receiver as Json))),
    ...unique((inhibit_rules ?? []).map(toInhibition)),
    ...unique(intervals.map((interval) => named('alertmanager.time-interval', interval))),
  ];
  return found.map((resource) => ({ ...resource, origin: { place } }));
}

/** Routes by the way to them; what they have in common with another is told by a number. */
function routeResources(route: Route, key: string, seen: Map<string, number>): readonly Resource[] {
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  const own = count === 1 ? key : `${key} #${count}`;
  const { routes = [], matchers: _, match: __, match_re: ___, ...fields } = route;
  const ways = routes.map(matchersOf);
  // The first route that fits takes an alert: their order is part of what the parent does.
  const attributes = { ...(fields as JsonObject), routes: ways };
  const children = routes.flatMap((child, index) => routeResources(child, `${own} > ${ways[index]}`, seen));
  return [{ kind: 'alertmanager.route', key: own, attributes }, ...children];
}

const matchersOf = ({ matchers, match, match_re }: Route) => joinMatchers(matchers, match, match_re) || 'everything';

function joinMatchers(matchers: readonly string[] | undefined, equal: Pairs, regex: Pairs): string {
  const written = (matchers ?? []).map((text) => {
    const [, name = '', operator = '', value = ''] = /^\s*([^\s=!~]+)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/.exec(text) ?? [];
    return name === '' ? text : `${name}${operator}"${value}"`;
  });
  const older = (pairs: Pairs, operator: string) =>
    Object.entries(pairs ?? {}).map(([name, value]) => `${name}${operator}"${value}"`);
  return [...written, ...older(equal, '='), ...older(regex, '=~')].sort().join(', ');
}

function toReceiver(name: string, receiver: Json): Resource {
  const lists = Object.entries(isJsonObject(receiver) ? receiver : {}).flatMap(([type, list]) =>
    type.endsWith('_configs') && isJsonArray(list)
      ? list.map((each) => ({ type: type.replace('_configs', ''), ...(isJsonObject(each) ? each : {}) }))
      : [],
  );
  return { kind: 'alertmanager.receiver', key: name, attributes: { integrations: lists } };
}

function toInhibition(rule: Inhibition): Resource {
  const source = joinMatchers(rule.source_matchers, rule.source_match, rule.source_match_re);
  const target = joinMatchers(rule.target_matchers, rule.target_match, rule.target_match_re);
  const equal = (rule.equal ?? []).toSorted();
  return { kind: 'alertmanager.inhibition', key: `${source} over ${target}`, attributes: { source, target, equal } };
}

/** Silences that hold now or will; the key is what they silence. */
export function toSilences(silences: readonly Silence[], place: string): readonly Resource[] {
  const standing = silences.filter(({ status }) => status.state !== 'expired');
  const sorted = standing.toSorted((a, b) => (`${a.startsAt} ${a.id}` < `${b.startsAt} ${b.id}` ? -1 : 1));
  return unique(
    sorted.map(({ id, matchers, comment, createdBy, startsAt, endsAt, updatedAt }) => ({
      kind: 'alertmanager.silence',
      key: matchers
        .map(
          ({ name, value, isRegex, isEqual }) =>
            `${name}${isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!='}"${value}"`,
        )
        .sort()
        .join(', '),
      attributes: { comment, startsAt, endsAt },
      origin: { place, id, actor: createdBy, ...(updatedAt && { at: updatedAt }) },
    })),
  );
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  const seen = new Map<string, number>();
  return resources.map((resource) => {
    const count = (seen.get(resource.key) ?? 0) + 1;
    seen.set(resource.key, count);
    return count === 1 ? resource : { ...resource, key: `${resource.key} #${count}` };
  });
}

/** Fields that the server shows as `<secret>`: what matters, and all that can be compared, is that they are set. */
const secretField =
  /(?:^|_)(?:password|secret|token|api_key|routing_key|service_key|user_key|credentials|bearer_token|api_secret|secret_key|access_key)$/;
const secretAddress = /(?:^|_)(?:url|api_url|webhook_url)$/;

const isHttpDefault = ([name, value]: readonly [string, Json]) =>
  value === true && (name === 'follow_redirects' || name === 'enable_http2');

/** Values the server fills in for a receiver: its templates, and what it does without a word. */
const filledIn = (key: string, value: Json) =>
  (typeof value === 'string' && /^\{\{ template "[\w.]+\.default\.\w+" \. \}\}$/.test(value)) ||
  (key === 'http_config' && isJsonObject(value) && Object.entries(value).every(isHttpDefault)) ||
  (key === 'color' && value === '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}') ||
  (/^(?:max_alerts|link_names|short_fields)$/.test(key) && (value === 0 || value === false));

function maskValue(key: string, value: Json, seal: Seal): Json {
  if (isJsonArray(value)) return value.map((item) => maskValue(key, item, seal));
  if (isJsonObject(value)) {
    const fields = Object.entries(value).filter(([name, field]) => !filledIn(name, field));
    return Object.fromEntries(fields.map(([name, field]) => [name, maskValue(name, field, seal)]));
  }
  if (typeof value !== 'string') return value;
  if (secretField.test(key) || value === '<secret>' || (key === 'api_url' && value.startsWith('https://hooks.'))) {
    return '(set)';
  }
  return secretAddress.test(key) ? maskAddress(value, seal) : value;
}

/** Tokens stand in the path or the query of addresses: the server shows them in clear. */
function maskAddress(address: string, seal: Seal): Json {
  if (!URL.canParse(address)) return address;
  const { origin, pathname, search, username, password } = new URL(address);
  const rest = `${username}${password}${pathname}${search}`;
  return rest === '/' ? address : { origin, path: seal(rest) };
}
