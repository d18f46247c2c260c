import { expect, it } from 'vitest';
import { urlLabel } from './target.ts';

it.each([
  ['postgres://wms@db.example:5432/orders', 'postgres://wms@db.example:5432/orders'],
  ['postgres://wms:hunter2@db.example/orders?password=hunter2', 'postgres://wms@db.example/orders'],
  ['https://prometheus.example/eu#top', 'https://prometheus.example/eu'],
  // "/", "?" and "#" in a password that should have been percent-encoded.
  ['postgres://wms:hunter/2@db.example/orders', 'postgres://db.example/orders'],
  ['postgres://wms:1234/hunter2@db.example/orders', 'postgres://db.example/orders'],
  ['postgres://wms:12?hunter2@db.example/orders', 'postgres://db.example/orders'],
  ['postgres://wms:12#hunter2@db.example/orders', 'postgres://db.example/orders'],
  ['tls://wms:hunter2@[', 'tls://['],
])('%s is shown as %s', (given, shown) => {
  expect(urlLabel(given)).toBe(shown);
});
