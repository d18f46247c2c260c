#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// Answered before anything is loaded: scripts ask for the version often.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.write(`${version}\n`);
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runProcess } = await import('./process.ts');
  await runProcess(version);
}
