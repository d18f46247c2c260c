import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** From source the application is in its own package; the published bundle has it beside itself. */
const isSource = import.meta.url.endsWith('.ts');

/**
 * Folder of the built web application. A checkout that was never built builds it now, which `tell` is told of first;
 * undefined where there is none: then the API is served alone.
 */
export function webFolder(tell: (line: string) => void): string | undefined {
  const folder = fileURLToPath(new URL(isSource ? '../../../../web/dist/' : './web/', import.meta.url));
  const isBuilt = () => existsSync(join(folder, 'index.html'));
  if (!isBuilt() && isSource) {
    tell('building the web application (first run only)');
    const build = fileURLToPath(new URL('../../../../../scripts/build-web.mjs', import.meta.url));
    spawnSync(process.execPath, [build], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return isBuilt() ? folder : undefined;
}
