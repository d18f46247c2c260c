import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesFolder } from './case-file.ts';

const readme = join(casesFolder, 'README.md');
const table = /(?<=<!-- table -->\n)[\s\S]*?(?=<!-- \/table -->)/;

/** The table of precision and recall as the README of the cases has it. */
export function readTable(): string {
  return table.exec(readFileSync(readme, 'utf8'))?.[0].trim() ?? '';
}

export function writeTable(text: string): void {
  writeFileSync(readme, readFileSync(readme, 'utf8').replace(table, `\n${text}\n\n`));
}
