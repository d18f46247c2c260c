import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '@leeway/core';
import { gitTree } from '@leeway/estate';
import type { DoctorLine, EstateRequest } from '../use-cases.ts';
import { openEstate, openEstateStore } from './open-estate.ts';

/** Looks at everything Leeway stands on and says what is missing and what to do. Changes nothing but a store it creates. */
export async function examine(request: EstateRequest): Promise<readonly DoctorLine[]> {
  const lines = [examineNode(), await examineGit(request)];
  if (!existsSync(join(request.directory, 'leeway.yaml'))) {
    const text = `no leeway.yaml in ${request.directory} or above; "leeway init" writes a first one`;
    return [...lines, { what: 'estate', state: 'warning', text }];
  }
  return [...lines, await examineEstate(request), ...(await examineStore(request)), ...(await examineOptional())];
}

const neededMajor = 22;

function examineNode(): DoctorLine {
  const enough = Number(process.versions.node.split('.')[0]) >= neededMajor;
  const text = enough ? process.version : `${process.version}; Leeway needs ${neededMajor}.18 or newer`;
  return { what: 'Node', state: enough ? 'ok' : 'error', text };
}

async function examineGit({ directory }: EstateRequest): Promise<DoctorLine> {
  const tree = await gitTree(directory, 'HEAD');
  if (!tree.ok) {
    const [found] = tree.problems;
    return { what: 'Git', state: 'warning', text: found ? formatProblem(found) : 'not available' };
  }
  const text = `HEAD is ${tree.value.commit.slice(0, 12)}`;
  tree.value.close();
  return { what: 'Git', state: 'ok', text };
}

async function examineEstate(request: EstateRequest): Promise<DoctorLine> {
  const opened = await openEstate(request);
  if (!opened.ok) {
    const [first] = opened.problems;
    const text = `${opened.problems.length} problems; the first: ${first ? formatProblem(first) : ''}`;
    return { what: 'estate', state: 'error', text };
  }
  const { estate } = opened.value;
  return {
    what: 'estate',
    state: 'ok',
    text: `${estate.name}: ${estate.environments.length} environments, ${estate.sources.length} sources`,
  };
}

async function examineStore(request: EstateRequest): Promise<readonly DoctorLine[]> {
  const store = await openEstateStore(request);
  if (!store.ok)
    return store.problems.map((found) => ({ what: 'store', state: 'error', text: formatProblem(found) }) as const);
  try {
    const sizes = await store.value.sizes();
    const bytes = Object.values(sizes).reduce((sum, part) => sum + part.bytes, 0);
    const text = `${store.value.label}, ${sizes.snapshots.rows} snapshots, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
    return [{ what: 'store', state: 'ok', text }];
  } finally {
    await store.value.close();
  }
}

/** Packages that are only needed for some live systems. */
const optionalPackages = [['@kubernetes/client-node', 'live Kubernetes clusters']] as const;

async function examineOptional(): Promise<readonly DoctorLine[]> {
  return Promise.all(
    optionalPackages.map(async ([name, purpose]): Promise<DoctorLine> => {
      const there = await import(name).then(
        () => true,
        () => false,
      );
      const text = there ? 'installed' : `not installed; needed for ${purpose}: npm install ${name}`;
      return { what: name, state: there ? 'ok' : 'warning', text };
    }),
  );
}
