// Bundles the published `leeway` package into packages/cli: program and workers in dist/, with what they read beside them.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'packages/cli');
const dist = join(cli, 'dist');

/** Files that the code finds beside itself (see the `location.ts` of each package). */
const assets = [
  ['packages/policy/packs', 'dist/packs'],
  ['packages/store/migrations', 'dist/migrations'],
  ['packages/cli/schema', 'dist/schema'],
  ['packages/estate/schema', 'dist/schema'],
  ['examples/northwind-distribution', 'examples/northwind-distribution'],
  ['LICENSE', 'LICENSE'],
  ['README.md', 'README.md'],
];

/** Packages of others whose code goes into ours, with their licences beside it. */
const bundled = ['commander', 'kysely', 'smol-toml', 'yaml', 'zod'];

await rm(dist, { recursive: true, force: true });
await rm(join(cli, 'examples'), { recursive: true, force: true });
await bundle();
for (const [from, to] of assets) {
  await cp(join(root, from), join(cli, to), {
    recursive: true,
    filter: (path) => !/\/(\.leeway|node_modules)(\/|$)/.test(path),
  });
}
await shipLicences();
await shipTemplates();

function isOurs(id) {
  return id.startsWith('.') || id.startsWith('/') || id.startsWith('@leeway/');
}

async function bundle() {
  const build = await rolldown({
    input: {
      main: join(cli, 'src/main.ts'),
      'policy.worker': join(root, 'packages/policy/src/run/policy.worker.ts'),
      'store.worker': join(root, 'packages/store/src/embedded/store.worker.ts'),
      'postgresql.worker': join(root, 'packages/connectors/src/postgresql/read/postgresql.worker.ts'),
    },
    platform: 'node',
    // No module here does anything by being loaded: one that nothing is used of is left out, and so is what it imports.
    treeshake: { moduleSideEffects: false },
    // Everything of this repository goes in, and what has so many files that finding them is most of a start. The rest
    // stays what npm installs.
    external: (id) => !isOurs(id) && !bundled.includes(id),
  });
  await build.write({
    dir: dist,
    format: 'esm',
    // One flat folder: code finds its workers and data relative to the file it ended up in.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: false,
  });
  await build.close();
}

async function shipLicences() {
  const texts = bundled.map(async (name) => {
    const folder = join(root, 'node_modules', name);
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${await readFile(join(folder, 'LICENSE'), 'utf8')}`;
  });
  await writeFile(join(dist, 'third-party-licences.txt'), (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`));
}

/** A first start unpacks these instead of running initdb. */
async function shipTemplates() {
  const scratch = await mkdtemp(join(tmpdir(), 'leeway-build-'));
  try {
    await mkdir(dist, { recursive: true });
    const { buildTemplate, templateName } = await import('@leeway/store');
    await writeFile(join(dist, templateName()), await buildTemplate(scratch));
    const { packTemplate, templateName: emptyName } = await import('@leeway/connectors/postgresql/read/template.ts');
    const { PGlite } = await import('@electric-sql/pglite');
    const database = await PGlite.create();
    await writeFile(join(dist, emptyName), await packTemplate(database));
    await database.close();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
