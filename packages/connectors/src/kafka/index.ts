import type { Connector } from '@leeway/connector-kit';
import { kafkaKinds } from './kinds.ts';
import { checkKafka, readKafka } from './read.ts';
import { KafkaSettings } from './settings.ts';
import { recogniseKafka } from './standalone.ts';

export const connector: Connector<KafkaSettings> = {
  id: 'kafka',
  title: 'Kafka',
  summary: 'Topics with their own settings, what was set on the brokers, ACLs and quotas, live or topics from YAML.',
  settings: KafkaSettings,
  kinds: kafkaKinds,
  verification: { state: 'verified', against: 'Apache Kafka 4.1.0 (KRaft) with SASL and ACLs' },
  permissions: [
    'Describe and DescribeConfigs on Topic:* (topics)',
    'Describe and DescribeConfigs on Cluster (brokers, ACLs, quotas)',
  ],
  check: checkKafka,
  read: readKafka,
  standalone: recogniseKafka,
};
