import { failed, ok, problem, type Result } from '@leeway/core';
import { errorCode } from './context/failure.ts';

/**
 * Loads a package that is only installed where its system is read. `load` is the import itself, so that bundlers and
 * the type checker see it: `loadOptional('LDAP', 'ldapts', () => import('ldapts'))`. LW3009 where it is not installed.
 */
export async function loadOptional<Module>(
  system: string,
  packageName: string,
  load: () => Promise<Module>,
): Promise<Result<Module>> {
  try {
    return ok(await load());
  } catch (error) {
    // Another missing module than the package itself is a broken installation: a bug, not a choice.
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND' && error instanceof Error && error.message.includes(packageName)) {
      return failed(problem('LW3009', { system, package: packageName }));
    }
    throw error;
  }
}
