// Bundles the published `leeway` package into packages/cli: program and workers in dist/, with what they read beside them.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

await rm(dist, { recursive: true, force: true });
await rm(join(cli, 'examples'), { recursive: true, force: true });
await bundle();
for (const [from, to] of assets) {
  await cp(join(root, from), join(cli, to), {
    recursive: true,
    filter: (path) => !/\/(\.leeway|node_modules)(\/|$)/.test(path),
  });
}
await shipTemplates();

async function bundle() {
  const build = await rolldown({
    input: {
      main: join(cli, 'src/main.ts'),
      'policy.worker': join(root, 'packages/policy/src/run/policy.worker.ts'),
      'store.worker': join(root, 'packages/store/src/embedded/store.worker.ts'),
      'postgresql.worker': join(root, 'packages/connectors/src/postgresql/read/postgresql.worker.ts'),
    },
    platform: 'node',
    // Everything of this repository goes in; packages of others stay what npm installs.
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@leeway/'),
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
