import { draft, render } from './generate.ts';
import { type SampleSettings, sampleSettings } from './schema.ts';

/** Options of {@link generateNdjson}; `settings` are those of the connector. */
export interface NdjsonOptions {
  readonly settings?: Partial<SampleSettings>;
  /** Bytes of a chunk, about. */
  readonly chunkBytes?: number;
}

/**
 * A sample estate as newline-delimited JSON, `{"kind":…,"key":…,"attributes":…}` a line of about 1 kB, in chunks of whole
 * lines. Two calls with the same seed give the same bytes; `settings.drift: 0.001` changes one line in a thousand.
 */
export function* generateNdjson(count: number, seed: number, options: NdjsonOptions = {}): Generator<Uint8Array> {
  const { chunkBytes = 1024 * 1024 } = options;
  const settings = sampleSettings.parse({ ...options.settings, resources: count, seed });
  const encoder = new TextEncoder();
  let lines: string[] = [];
  let length = 0;
  for (let index = 0; index < count; index += 1) {
    for (const resource of render(settings, draft(settings, index))) {
      const line = JSON.stringify(resource);
      lines.push(line);
      length += line.length + 1;
    }
    if (length < chunkBytes) continue;
    yield encoder.encode(`${lines.join('\n')}\n`);
    lines = [];
    length = 0;
  }
  if (length > 0) yield encoder.encode(`${lines.join('\n')}\n`);
}
