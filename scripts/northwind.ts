import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layers, severities, verdicts } from '@leeway/core';
import { parseYaml } from '@leeway/formats';
import { z } from 'zod';

/** What was put into the example estate on purpose: examples/northwind-distribution/drift.yaml. */
const Drift = z.strictObject({
  layer: z.enum(layers),
  what: z.string(),
  why: z.string(),
  mend: z.string(),
  findings: z
    .array(
      z.strictObject({
        environment: z.string(),
        verdict: z.enum(verdicts),
        severity: z.enum(severities),
        policy: z.string().optional(),
        kind: z.string(),
        key: z.string(),
        path: z.string(),
      }),
    )
    .min(1),
  /** Every occurrence of `find` in a file becomes `put`. */
  edits: z.array(z.strictObject({ file: z.string(), find: z.string().min(1), put: z.string() })).default([]),
  /** Files taken from corrections/. */
  copy: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
});
export type Drift = z.output<typeof Drift>;

const DriftFile = z.strictObject({ drift: z.record(z.string(), Drift) });

export const northwind = 'examples/northwind-distribution';

/** Every injected drift of the estate in a folder, by its name. */
export async function readDrift(folder: string): Promise<ReadonlyMap<string, Drift>> {
  const parsed = parseYaml(await readFile(join(folder, 'drift.yaml'), 'utf8'), 'drift.yaml');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return new Map(Object.entries(DriftFile.parse(parsed.value[0]?.value).drift));
}

/** Mends one drift of the estate in a folder, as drift.yaml says. Throws where an edit finds nothing to replace. */
export async function mendDrift(folder: string, { edits, copy, remove }: Drift): Promise<void> {
  for (const { file, find, put } of edits) {
    const text = await readFile(join(folder, file), 'utf8');
    if (!text.includes(find)) throw new Error(`${file} does not hold ${find}`);
    await writeFile(
      join(folder, file),
      text.replaceAll(find, () => put),
    );
  }
  for (const file of copy) await cp(join(folder, 'corrections', file), join(folder, file));
  for (const file of remove) await rm(join(folder, file));
}

const tables = /(?<=<!-- drift: written from drift\.yaml by "npm run generate" -->\n)[\s\S]*(?=<!-- end of drift -->)/;

/** The estate's README with its tables of drift as drift.yaml has them. */
export async function northwindReadme(root: string): Promise<string> {
  const folder = join(root, northwind);
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  const drift = [...(await readDrift(folder)).values()];
  return readme.replace(tables, () => `\n${driftTables(drift)}\n`);
}

function driftTables(drift: readonly Drift[]): string {
  return layers
    .map((layer) => [layer, drift.filter((each) => each.layer === layer)] as const)
    .filter(([, found]) => found.length > 0)
    .map(([layer, found]) => `### ${layer === 'erp' ? 'ERP' : capitalize(layer)}\n\n${driftTable(found)}\n`)
    .join('\n');
}

function driftTable(drift: readonly Drift[]): string {
  const rows = drift.map(({ what, why, mend, findings }) => {
    const [found] = findings;
    const where = unique(findings.map(({ environment }) => environment));
    const verdict = findings.map(({ verdict: name, policy }) => (policy ? `${name} ${policy}` : name));
    const cells = [what, where, `${found?.kind === '*' ? '' : `\`${found?.key}\``}`, unique(verdict)];
    return `| ${[...cells, found?.severity, why, mend].join(' | ')} |`;
  });
  const heads = ['what', 'where', 'resource', 'verdict', 'severity', 'why it matters', 'how to mend it'];
  return [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`, ...rows].join('\n');
}

function unique(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ');
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
