import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connectorRegistry } from './connector-registry.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name)
  .sort();

describe('connector registry', () => {
  it('has one entry a folder, in order', () => {
    expect(connectorRegistry.map((entry) => entry.id)).toEqual(folders);
  });

  it.each(connectorRegistry.map((entry) => [entry.id, entry] as const))(
    '%s says the same as its connector',
    async (_, entry) => {
      const { connector } = await entry.load();
      expect(connector).toMatchObject({ id: entry.id, title: entry.title, summary: entry.summary });
    },
  );
});
