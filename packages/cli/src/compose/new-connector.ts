import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, ok, problem, type Result } from '@leeway/core';
import { replaceFile } from '@leeway/engine/files/replace-file.ts';
import type { NewConnector, NewConnectorRequest } from '../use-cases.ts';

const template = 'packages/connectors/template';
const folders = 'packages/connectors/src';
const registry = `${folders}/connector-registry.ts`;

const idForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Nothing that would end a string in TypeScript or be markup in a page. */
const titleForm = /^[A-Za-z0-9][A-Za-z0-9 .+&/-]{0,59}$/;

/**
 * Writes the folder of a connector from the template of this checkout, and its entry in the registry. The template is code
 * that is compiled and held to the same rules as any other. Nothing that is there is overwritten: LW7023 outside a
 * checkout, LW7024 for a name that does not fit, LW7005 where the folder exists.
 */
export async function writeConnector(request: NewConnectorRequest): Promise<Result<NewConnector>> {
  const { workingDirectory, id } = request;
  const root = findCheckout(workingDirectory);
  if (root === undefined) return failed(problem('LW7023', { folder: workingDirectory }));
  if (!idForm.test(id) || id.length > 40) {
    return failed(
      problem('LW7024', { name: id, form: 'lower-case letters, digits and single hyphens, such as acme-wms' }),
    );
  }
  const title = request.title ?? `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
  if (!titleForm.test(title)) {
    return failed(problem('LW7024', { name: title, form: 'letters, digits, spaces and . + & / -, at most 60' }));
  }
  const folder = join(root, folders, id);
  if (existsSync(folder)) return failed(problem('LW7005', { file: `${folders}/${id}` }));
  const entries = await readFile(join(root, registry), 'utf8');
  await mkdir(folder);
  const files: string[] = [];
  for (const name of (await readdir(join(root, template))).toSorted()) {
    const text = rename(await readFile(join(root, template, name), 'utf8'), id, title);
    // Under its own name the template's test would run, and fail, with the project's.
    const file = name === 'contract.ts' ? 'contract.test.ts' : name;
    await replaceFile(join(folder, file), [text], { exclusive: true });
    files.push(`${folders}/${id}/${file}`);
  }
  await replaceFile(join(root, registry), [enter(entries, id, title)]);
  return ok({ files: [...files, registry], folder: `${folders}/${id}` });
}

/** The nearest folder upwards that holds the sources of the connectors. */
function findCheckout(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if ([registry, template].every((path) => existsSync(join(folder, path)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function rename(text: string, id: string, title: string): string {
  const pascal = id.replaceAll(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());
  return text
    .replaceAll('new-system', id)
    .replaceAll('NewSystem', pascal)
    .replaceAll('newSystem', `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`)
    .replaceAll('NEW_SYSTEM', id.replaceAll('-', '_').toUpperCase())
    .replaceAll('New system', title);
}

/** The registry with one entry more, in order. */
function enter(entries: string, id: string, title: string): string {
  const later = [...entries.matchAll(/^ {2}\{\n {4}id: '([\w-]+)'/gm)].find(([, other = '']) => other > id);
  const at = later?.index ?? entries.indexOf('\n];\n') + 1;
  const entry = `  {
    id: '${id}',
    title: '${title}',
    summary: 'Parameters of ${title}, live.',
    load: () => import('./${id}/index.ts'),
  },
`;
  return `${entries.slice(0, at)}${entry}${entries.slice(at)}`;
}
