import type { Resource } from '@leeway/core';
import type { ClusterMetadata, ConfigDescription } from '@platformatic/kafka';
import type { Library } from './connect.ts';

type TopicMetadata = ClusterMetadata['topics'] extends Map<string, infer Topic> ? Topic : never;

/** A topic with the settings that are its own; all others are the cluster's, which is a resource itself. */
export function topicResource(
  name: string,
  metadata: TopicMetadata | undefined,
  description: ConfigDescription | undefined,
  { ConfigSources }: Library,
): Resource {
  const own = (description?.configs ?? []).filter(({ configSource }) => configSource === ConfigSources.TOPIC_CONFIG);
  const config = Object.fromEntries(own.map((each) => [each.name, each.value ?? '']));
  const partitions = metadata?.partitions ?? [];
  // Partitions may have different numbers of copies while they are moved.
  const replicas = Math.max(0, ...partitions.map((partition) => partition.replicas.length));
  return { kind: 'kafka.topic', key: name, attributes: { partitions: partitions.length, replicas, config } };
}
