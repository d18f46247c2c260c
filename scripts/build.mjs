// Bundles the published `leeway` package into packages/cli: program and workers in dist/, with what they read beside them.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
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
  ['packages/web/dist', 'dist/web'],
  ['examples/northwind-distribution', 'examples/northwind-distribution'],
  ['LICENSE', 'LICENSE'],
  ['README.md', 'README.md'],
];

/** What npm installs beside the program. Every other package goes into it, with its licence. */
const { dependencies, optionalDependencies } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'));
const installed = new Set([
  ...Object.keys({ ...dependencies, ...optionalDependencies }),
  // Loaded where somebody asks for traces; the error names them.
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
]);

// The web application, into packages/web/dist.
await import('./build-web.mjs');
await rm(dist, { recursive: true, force: true });
await rm(join(cli, 'examples'), { recursive: true, force: true });
const bundled = await bundle();
for (const [from, to] of assets) {
  await cp(join(root, from), join(cli, to), {
    recursive: true,
    filter: (path) => !/\/(\.leeway|\.vite|node_modules)(\/|$)/.test(path),
  });
}
await shipLicences(bundled);
await shipTemplates();

/** `@scope/name/sub/path` → `@scope/name`. */
function packageOf(id) {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Packages with modules in the bundle, as folders of node_modules. */
function foldersOf(output) {
  const modules = output.flatMap((chunk) => chunk.moduleIds ?? []);
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  return [...new Set(folders)].sort();
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
    // No module of this repository does anything by being loaded, nor do those: one that nothing is used of is left out, and
    // so is what it imports.
    treeshake: {
      moduleSideEffects: (id) =>
        /node_modules/.test(id) && !/node_modules\/(commander|kysely|smol-toml|yaml|zod)\//.test(id),
    },
    // What has many files goes in, for finding them is most of a start.
    external: (id) => isBuiltin(id) || installed.has(packageOf(id)),
  });
  const { output } = await build.write({
    dir: dist,
    format: 'esm',
    // One flat folder: code finds its workers and data relative to the file it ended up in.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: false,
  });
  await build.close();
  return foldersOf(output);
}

async function shipLicences(folders) {
  const texts = folders.map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file === undefined ? `Licence: ${license}` : await readFile(join(folder, file), 'utf8');
    return `${name} ${version}\n\n${text}`;
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
