import { loadOptional } from '@leeway/connector-kit';
import { ProblemError } from '@leeway/core';

/** The client library of a system, loaded on first use; throws LW3009 where it is not installed. */
export async function loadDriver<Module>(system: string, name: string, load: () => Promise<Module>): Promise<Module> {
  const loaded = await loadOptional(system, name, load);
  if (loaded.ok) return loaded.value;
  const [missing] = loaded.problems;
  throw missing ? new ProblemError(missing) : new Error(`${name} was not loaded, for no reason`);
}
