import { collect, type ReadContext } from '@leeway/connector-kit';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { connector } from '../index.ts';
import { certificateSettings } from '../schema.ts';

/** What the connector reads from files in memory, by kind and key. */
export async function readFilesWith(
  files: Record<string, string | Uint8Array>,
  given: object = {},
  variables: Record<string, string> = {},
) {
  const settings = certificateSettings.parse({ files: ['**'], ...given });
  const context: ReadContext = {
    environment: 'test',
    files: memoryFiles(files),
    fetch: () => Promise.reject(new Error('certificates are not read over HTTP')),
    guard: (transport) => transport,
    signal: new AbortController().signal,
    now: () => new Date('2026-04-01T00:00:00Z'),
    seal: () => 'sealed',
    variable: (name) => variables[name],
  };
  const { resources, notices, complete } = await collect(connector, settings, context);
  const of = (kind: string) =>
    Object.fromEntries(resources.filter((each) => each.kind === kind).map((each) => [each.key, each.attributes]));
  return {
    certificates: of('tls.certificate'),
    files: of('tls.file'),
    codes: notices.map(({ problem }) => problem.code),
    notices,
    complete,
  };
}
