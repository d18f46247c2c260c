import { connectorRegistry } from '@leeway/connectors';
import { failed, ok, problem, type Result, suggest } from '@leeway/core';
import { type FirstEstate, initEstate } from '@leeway/engine/init/write-estate.ts';
import { decodeText } from '@leeway/formats';
import {
  listPolicies,
  loadBuiltinPacks,
  loadPack,
  type PolicyListing,
  runPolicyTests,
  type TestedPolicy,
  type TestReport,
} from '@leeway/policy';
import type { ConnectorListing, EstateRequest, EstateSummary, UseCases } from '../use-cases.ts';
import { openEstate } from './open-estate.ts';

/** Loads the estate and says what is in it; every mistake in it is a problem with file, line and column. */
export async function validateHere(request: EstateRequest): Promise<Result<EstateSummary>> {
  const opened = await openEstate(request);
  if (!opened.ok) return opened;
  const { estate, policies, bundles } = opened.value;
  return ok({
    name: estate.name,
    environments: estate.environments.length,
    sources: estate.sources.length,
    approved: estate.approved.length,
    policies: policies.length + bundles.length,
    warnings: opened.warnings ?? [],
  });
}

export async function listRules(request: EstateRequest): Promise<Result<readonly PolicyListing[]>> {
  const opened = await openEstate(request);
  return opened.ok ? ok(listPolicies(opened.value.policies, opened.value.bundles)) : opened;
}

/** Runs the tests that stand beside the policies in force, or beside those of the codes named. */
export async function testRules(
  request: EstateRequest & { readonly codes?: readonly string[] },
): Promise<Result<TestReport>> {
  const opened = await openEstate(request);
  if (!opened.ok) return opened;
  const { estate, files } = opened.value;
  const tested: TestedPolicy[] = [];
  const builtin = loadBuiltinPacks(estate.policies.packs);
  if (!builtin.ok) return builtin;
  tested.push(...builtin.value);
  for (const file of estate.policies.files) {
    const text = decodeText(await files.declared.read(file), file);
    const pack = text.ok ? loadPack(text.value, file) : text;
    if (!pack.ok) return pack;
    tested.push(...pack.value);
  }
  const { codes } = request;
  if (!codes) return ok(await runPolicyTests(tested));
  const known = tested.map(({ code }) => code);
  const unknown = codes.filter((code) => !known.includes(code));
  if (unknown.length > 0)
    return failed(...unknown.map((code) => problem('LW5010', { code, suggestion: suggest(code, known) })));
  return ok(await runPolicyTests(tested.filter(({ code }) => codes.includes(code))));
}

export async function listAllConnectors(): Promise<readonly ConnectorListing[]> {
  const loaded = await Promise.all(connectorRegistry.map(({ load }) => load()));
  return loaded.map(({ connector: { id, title, summary, verification, permissions, kinds } }) => ({
    id,
    title,
    summary,
    verification,
    permissions,
    kinds: kinds.map(({ name, title: kindTitle, layer }) => ({ name, title: kindTitle, layer })),
  }));
}

type InitRequest = Parameters<UseCases['init']>[0];

/** Writes a first estate from what lies here, in the kubeconfig and in the environment variables. */
export function initHere({ directory, name, environment }: InitRequest): Promise<Result<FirstEstate>> {
  return initEstate({ directory, ...(name !== undefined && { name }), environment });
}
