import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { KafkaSettings } from './settings.ts';

/** Settings for kafka://host:port and for YAML files of topics. */
export function recogniseKafka(
  target: StandaloneTarget,
): { readonly settings: KafkaSettings; readonly confidence: number } | undefined {
  const { url, head = '' } = target;
  if (url !== undefined) {
    const [, address] = /^kafka:\/\/([^/@]+)\/?$/.exec(url) ?? [];
    const settings = KafkaSettings.safeParse({ brokers: address });
    return address !== undefined && settings.success ? { settings: settings.data, confidence: 1 } : undefined;
  }
  const found = standaloneFiles(target, ['**/*.yaml', '**/*.yml']);
  if (!found) return undefined;
  const isObject = /^kind:\s*KafkaTopic\s*$/m.test(head);
  const isList = /^topics:/m.test(head) && /\b(?:partitions|replicas|replicationFactor)\b/.test(head);
  const confidence = isObject || isList ? 0.9 : 0;
  return { settings: KafkaSettings.parse({ files: [...found.files] }), confidence };
}
