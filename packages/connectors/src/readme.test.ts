import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json } from '@leeway/core';
import { parseYaml } from '@leeway/formats';
import { describe, expect, it } from 'vitest';
import { connectorRegistry } from './connector-registry.ts';

const planes = ['declared', 'applied', 'observed'];

/** Settings of every plane in the YAML of a connector's page, with the id of their connector. */
function settingsIn(page: string): readonly (readonly [string, Json])[] {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  return blocks.flatMap((text) => {
    const parsed = parseYaml(text, 'readme.md');
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    const sources = parsed.value.flatMap(({ value }) => Object.values(fieldsOf(fieldsOf(value)['sources'])));
    return sources.flatMap((source) => {
      const { connector: shared, ...fields } = fieldsOf(source);
      const written = Object.entries(fields).filter(([name]) => planes.includes(name));
      return written.map(([, plane]) => {
        const { connector = shared, ...settings } = fieldsOf(plane);
        return [String(connector), settings] as const;
      });
    });
  });
}

function fieldsOf(value: Json | undefined): Readonly<Record<string, Json>> {
  return isJsonObject(value) ? value : {};
}

describe.each(connectorRegistry.map(({ id, load }) => [id, load] as const))('page of %s', (id, load) => {
  const path = join(import.meta.dirname, id, 'readme.md');

  it('exists and shows settings that are accepted', async () => {
    expect(existsSync(path)).toBe(true);
    const { connector } = await load();
    const shown = settingsIn(readFileSync(path, 'utf8')).filter(([connectorId]) => connectorId === id);
    expect(shown.length).toBeGreaterThan(0);
    for (const [, settings] of shown) expect(connector.settings.safeParse(settings).error?.issues).toBeUndefined();
  });
});
