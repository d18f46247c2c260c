import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, createReadContext, sealWith } from '@leeway/connector-kit';
import { record } from '@leeway/connector-kit/testing/record.ts';
import { findConnector } from '@leeway/connectors';
import { memoryTree } from '@leeway/estate';
import type { LabService } from './service.ts';

const connectors = join(import.meta.dirname, '..', 'packages', 'connectors', 'src');

/**
 * Reads the production side through every source that speaks HTTP and writes what was said to the connector's
 * `recordings/<source>.json`: addresses become `<service>.test`, credentials `secret`, and what {@link LabService.scrub}
 * names.
 */
export async function recordService(service: LabService): Promise<void> {
  for (const [source, settings] of Object.entries(service.sources)) {
    const connector = await findConnector(String(settings['connector']))?.load();
    if (!connector) throw new Error(`No connector ${settings['connector']}`);
    const written = fill(JSON.stringify(settings['observed']), service);
    const recorder = record(globalThis.fetch, scrubOf(service));
    using context = createReadContext({
      environment: 'production',
      system: service.title,
      files: memoryTree((await service.files?.()) ?? {}),
      seal: sealWith('the key of the lab, no secret'),
      variable: (name) => service.variables[name],
      fetch: recorder.fetch,
    });
    const parsed = connector.connector.settings.parse(JSON.parse(written));
    const { notices } = await collect(connector.connector, parsed, context);
    if (notices[0]) throw new Error(notices[0].problem.message);
    const said = recorder.recordings(`${service.title} of the lab, through ${source}`);
    // Nothing was said over HTTP: this source speaks another protocol.
    if (said.recordings.length === 0) continue;
    const text = JSON.stringify(said, null, 1);
    const folder = join(connectors, connector.connector.id, 'recordings');
    await mkdir(folder, { recursive: true });
    const clean = (service.scrub ?? []).reduce((left, [found, instead]) => left.replaceAll(found, instead), text);
    await writeFile(join(folder, `${source}.json`), `${clean}\n`);
  }
}

function fill(template: string, { parameters }: LabService): string {
  return Object.entries(parameters.production).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    template,
  );
}

function scrubOf({ id, variables, parameters }: LabService): Readonly<Record<string, string>> {
  const secrets = Object.values(variables).map((secret) => [secret, 'secret'] as const);
  const ports = Object.values(parameters.production).filter((value) => typeof value === 'number');
  return Object.fromEntries([...secrets, ...ports.map((port) => [`127.0.0.1:${port}`, `${id}.test`] as const)]);
}
