import { formatProblem } from '@leeway/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { packs } from '../testing/northwind.ts';
import { memoryTree } from '../tree/memory-tree.ts';
import { loadEstate } from './load-estate.ts';

const database = z
  .strictObject({
    host: z.string().optional(),
    url: z.string().optional(),
    port: z
      .int()
      .max(65_535)
      .optional()
      .meta({ title: 'a port', examples: ['5432'] }),
    mode: z.enum(['fast', 'full']).optional(),
    alerts: z.url().optional(),
    schemas: z.array(z.strictObject({ name: z.string().describe('Name of the schema.') })).optional(),
  })
  .refine(({ host, url }) => (host === undefined) !== (url === undefined), { message: 'give either url or host' });

async function explain(observed: string): Promise<readonly string[]> {
  const text = `estate: e
environments:
  test: {stage: test, parameters: {port: 1}}
  production: {stage: production, parameters: {port: many}}
sources:
  orders:
    connector: database
    observed:
      ${observed}
`;
  const options = { connectors: ['database'], packs, settingsOf: async () => database };
  const loaded = await loadEstate(memoryTree({ 'leeway.yaml': text }), options);
  return loaded.ok
    ? []
    : loaded.problems.map(({ place, ...found }) => `${place?.line}:${place?.column} ${formatProblem(found)}`);
}

test('settings are checked against the schema of their connector, with place, allowed and nearest', async () => {
  expect(await explain('host: db')).toEqual([]);
  expect(await explain('hots: db')).toEqual([
    '9:7 LW1002 "hots" is not a field of "observed" of the source "orders". Next: Did you mean "host"? Fields here: host, url, port, mode, alerts, schemas.',
  ]);
  expect(await explain('{host: db, mode: slow}')).toEqual([
    '9:18 LW1004 "mode" is "slow", which is not allowed here. Next: Allowed: fast, full.',
  ]);
  expect(await explain('{host: db, alerts: alerts.example}')).toEqual([
    '9:18 LW1003 "alerts" is "alerts.example", but a URL such as https://host.example:9090 is expected. Next: Write a URL such as https://host.example:9090.',
  ]);
  expect(await explain('{host: db, schemas: [{nam: x}]}')).toEqual([
    '9:28 LW1005 "item 1 of schemas" of the source "orders" has no "name". Next: Add it. Name of the schema.',
    '9:29 LW1002 "nam" is not a field of "item 1 of schemas" of the source "orders". Next: Did you mean "name"? Fields here: name.',
  ]);
});

test('a rule of the connector speaks in its own words', async () => {
  expect(await explain('{host: db, url: x}')).toEqual([
    '8:5 LW1025 "observed" of the source "orders" is not accepted: give either url or host. Next: The page of the connector lists every setting: docs/connectors/database.md.',
  ]);
});

test('a value that is wrong only where a parameter makes it so is told once', async () => {
  expect(await explain("{host: db, port: '{port}'}")).toEqual([
    '9:18 LW1003 "port" is "many", but a port is expected. Next: Write for example port: 5432.',
  ]);
});
