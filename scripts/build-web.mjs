// Builds the web application into packages/web/dist, compressed beside itself, and holds it to its budget:
// what any screen loads first is at most 300 kB of compressed JavaScript.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

const web = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'web');
const dist = join(web, 'dist');
const budget = 300_000;

await build({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'warn' });
await compress();
const heavy = (await firstLoads()).filter(({ bytes }) => bytes > budget);
if (heavy.length > 0) process.exit(1);

/** Writes `.br` and `.gz` beside every file that gets smaller by it. */
async function compress() {
  const names = await readdir(dist, { recursive: true });
  const texts = names.filter((name) => /\.(?:js|css|html|svg)$/.test(name));
  await Promise.all(
    texts.map(async (name) => {
      const path = join(dist, name);
      const content = await readFile(path);
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        promisify(gzip)(content, { level: 9 }),
      ]);
      if (br.length < content.length) await writeFile(`${path}.br`, br);
      if (gz.length < content.length) await writeFile(`${path}.gz`, gz);
    }),
  );
}

/** Compressed (gzip) bytes of JavaScript that the entry and one lazy part load together, for each lazy part. */
async function firstLoads() {
  const manifest = JSON.parse(await readFile(join(dist, '.vite', 'manifest.json'), 'utf8'));
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
  const loads = [];
  for (const part of manifest[entry].dynamicImports ?? []) {
    const files = new Set([...filesOf(manifest, entry), ...filesOf(manifest, part)]);
    let bytes = 0;
    for (const file of files)
      bytes += (await readFile(join(dist, `${file}.gz`)).catch(() => readFile(join(dist, file)))).length;
    loads.push({ part, bytes });
    process.stdout.write(`${(bytes / 1000).toFixed(1).padStart(7)} kB of ${budget / 1000} kB  ${part}\n`);
  }
  return loads;
}

/** JavaScript files that a part of the manifest loads at once. */
function filesOf(manifest, key, found = new Set()) {
  const part = manifest[key];
  if (found.has(part.file)) return found;
  found.add(part.file);
  for (const other of part.imports ?? []) filesOf(manifest, other, found);
  return found;
}
