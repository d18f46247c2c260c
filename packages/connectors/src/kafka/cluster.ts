import type { Json, Resource } from '@leeway/core';
import type { ConfigDescription } from '@platformatic/kafka';
import type { Library } from './connect.ts';

/** Settings that make a broker this broker: ids, addresses, folders, what it was given at its start. */
const own =
  /^(?:node\.id|broker\.id|broker\.rack|listeners|advertised\.listeners|log\.dirs?|metadata\.log\.dir|controller\.quorum\..*|process\.roles|zookeeper\.connect|.*\.(?:keystore|truststore)\.location|super\.users)$/;

/**
 * What somebody set on the brokers, apart from what is a default in any case. A setting that brokers have in common is one
 * value; one they disagree on shows the broker of each.
 */
export function clusterResource(
  name: string,
  size: { readonly brokers: number; readonly racks: number },
  descriptions: readonly ConfigDescription[],
  { ConfigSources }: Library,
): Resource {
  const values = new Map<string, Map<string, string>>();
  for (const { resourceName, configs } of descriptions) {
    for (const { name: setting, value, configSource, isSensitive, synonyms } of configs) {
      const standard = synonyms.find(({ source }) => source === ConfigSources.DEFAULT_CONFIG)?.value;
      const isDefault = configSource === ConfigSources.DEFAULT_CONFIG || value === standard;
      // A sensitive value is told as null: two different ones would look the same.
      if (isSensitive || isDefault || own.test(setting)) continue;
      const byBroker = values.get(setting) ?? new Map<string, string>();
      values.set(setting, byBroker.set(resourceName, value ?? ''));
    }
  }
  const config = Object.fromEntries(
    [...values].map(([setting, byBroker]) => [setting, common(byBroker, descriptions)]),
  );
  return { kind: 'kafka.cluster', key: name, attributes: { ...size, config } };
}

function common(byBroker: ReadonlyMap<string, string>, descriptions: readonly ConfigDescription[]): Json {
  const [first = ''] = byBroker.values();
  const agreed = byBroker.size === descriptions.length && [...byBroker.values()].every((value) => value === first);
  return agreed ? first : Object.fromEntries(byBroker);
}
