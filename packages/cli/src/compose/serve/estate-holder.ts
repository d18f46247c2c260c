import { ok, type Problem, type Result } from '@leeway/core';
import type { CurrentEstate, EstateHolder } from '@leeway/server';
import type { LeewayStore } from '@leeway/store';
import type { EstateRequest } from '../../use-cases.ts';
import { openEstate, scanOptions } from '../open-estate.ts';

/** Loads the estate and keeps it; a revision that does not load leaves the last good one in force. */
export async function holdEstate(request: EstateRequest, store: LeewayStore): Promise<Result<EstateHolder>> {
  const first = await loadCurrent(request, store);
  if (!first.ok) return first;
  let current = first.value;
  let problems: readonly Problem[] = [];
  return ok({
    current: () => current,
    problems: () => problems,
    async reload() {
      const loaded = await loadCurrent(request, store);
      problems = loaded.ok ? [] : loaded.problems;
      if (loaded.ok) current = loaded.value;
      return loaded;
    },
  });
}

async function loadCurrent(request: EstateRequest, store: LeewayStore): Promise<Result<CurrentEstate>> {
  const opened = await openEstate(request);
  if (!opened.ok) return opened;
  const options = await scanOptions(request, opened.value, store);
  if (!options.ok) return options;
  const { estate } = opened.value;
  return ok({ estate, directory: request.directory, options: options.value, warnings: opened.warnings ?? [] });
}
