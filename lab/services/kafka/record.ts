import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, createReadContext, sealWith } from '@leeway/connector-kit';
import { connector } from '@leeway/connectors/kafka/index.ts';
import { startRecorder } from '@leeway/connectors/kafka/testing/replay.ts';
import { memoryTree } from '@leeway/estate';
import { service } from '../kafka.ts';

// Renews the connector's recordings from the production side: node lab/services/kafka/record.ts
const recordings = join(import.meta.dirname, '../../../packages/connectors/src/kafka/recordings');
const port = Number(service.parameters.production['client']);

/** Folders of the machine, in as many characters. */
const scrub = (text: string) =>
  text.replaceAll(/\/[\w./-]*kafka\/production/g, (path) => '/srv'.padEnd(path.length, '-'));

const readers = {
  cluster: { username: 'leeway', passwordFrom: 'KAFKA_READER' },
  denied: { username: 'wms', passwordFrom: 'KAFKA_WMS' },
  refused: { username: 'leeway', passwordFrom: 'KAFKA_WMS' },
};

for (const [name, signIn] of Object.entries(readers)) {
  const recorder = await startRecorder(port, scrub);
  using context = createReadContext({
    environment: 'production',
    system: 'Kafka',
    files: memoryTree({}),
    seal: sealWith('the key of the lab, no secret'),
    variable: (variable) => service.variables[variable],
  });
  await collect(connector, connector.settings.parse({ brokers: recorder.address, ...signIn }), context);
  await recorder.stop();
  const recording = recorder.recording(`Kafka 4.1.0 of the lab, read by ${signIn.username}`);
  await writeFile(join(recordings, `${name}.json`), `${JSON.stringify(recording, null, 1)}\n`);
}
