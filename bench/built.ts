import { join } from 'node:path';
import { root, run } from './child.ts';

let isBuilt = false;

/** The command that starts the program as it is published; built first, once. */
export function program(say: (text: string) => void): readonly string[] {
  if (!isBuilt) {
    say('building the program');
    run([process.execPath, '--disable-warning=ExperimentalWarning', join(root, 'scripts/build.mjs')], { cwd: root });
    isBuilt = true;
  }
  return [process.execPath, join(root, 'packages/cli/dist/main.js')];
}
