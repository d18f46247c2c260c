import { checkShape, type Seal } from '@leeway/connector-kit';
import { failed, isJsonObject, type JsonObject, ok, problem, type Result } from '@leeway/core';
import type { ParsedDocument } from '@leeway/formats';
import type { z } from 'zod';
import { dropUnset, fitMarks, marksFromPaths, markUnknown, sealMarked, unwrapDynamic } from './attributes.ts';
import type { Instance } from './instance.ts';
import {
  PlanDocument,
  RawState,
  type ResourceChange,
  StateDocument,
  type StateModule,
  type StateResource,
} from './schema.ts';
import type { PlanSide } from './settings.ts';

/** What is wanted of a file: the resources of a state, or one side of a plan. */
export type Wanted = { readonly form: 'state' } | { readonly form: 'plan'; readonly side: PlanSide };

/** The managed resources a file tells of. LW2009 with the file's place when it is something else than wanted. */
export function parseInstances(
  document: ParsedDocument,
  file: string,
  wanted: Wanted,
  seal: Seal,
): Result<readonly Instance[]> {
  const { value } = document;
  const unexpected = (what: string) =>
    failed<never>(problem('LW2009', { what, expected: names[wanted.form] }, { ...document.placeOf(''), file }));
  if (!isJsonObject(value)) return unexpected('A JSON document of another kind');
  if ('encrypted_data' in value) return unexpected('An encrypted OpenTofu state');
  const isPlan = 'format_version' in value && ('planned_values' in value || 'resource_changes' in value);
  if (isPlan !== (wanted.form === 'plan')) return unexpected(describe(value, isPlan));
  const version = value['format_version'];
  if (version !== undefined && !(typeof version === 'string' && /^[01]\./.test(version))) {
    return unexpected(`Format version ${JSON.stringify(version).slice(0, 20)}`);
  }
  if (wanted.form === 'plan') return checked(PlanDocument, document, file, (plan) => readPlan(plan, wanted.side, seal));
  if (version !== undefined) return checked(StateDocument, document, file, (state) => readState(state, seal));
  if (value['version'] !== 4) return unexpected(describe(value, false));
  return checked(RawState, document, file, (state) => readRawState(state, seal));
}

const names = {
  state: 'a state (terraform show -json, or terraform.tfstate version 4)',
  plan: 'a plan (terraform show -json <plan>)',
} as const;

function describe(value: JsonObject, isPlan: boolean): string {
  if (isPlan) return 'A plan';
  if ('format_version' in value) return 'A state';
  const version = value['version'];
  return typeof version === 'number' ? `A raw state of version ${version}` : 'A JSON document of another kind';
}

/** Parses with a schema and reads what it gave. */
function checked<Schema extends z.ZodType>(
  schema: Schema,
  document: ParsedDocument,
  file: string,
  use: (value: z.output<Schema>) => readonly Instance[],
): Result<readonly Instance[]> {
  const parsed = checkShape(schema, document, file);
  return parsed.ok ? ok(use(parsed.value)) : parsed;
}

function readState(state: StateDocument, seal: Seal): readonly Instance[] {
  return resourcesOf(state.values?.root_module).map((resource) => stateInstance(resource, seal));
}

/** Managed resources of a module and everything below it; data sources and deposed objects are not compared. */
function resourcesOf(module: StateModule | undefined): readonly StateResource[] {
  if (!module) return [];
  const own = module.resources.filter((resource) => resource.mode === 'managed' && resource.deposed_key === undefined);
  return [...own, ...module.child_modules.flatMap(resourcesOf)];
}

function stateInstance({ address, type, values, sensitive_values }: StateResource, seal: Seal): Instance {
  return { address, type, attributes: finish(sealMarked(values ?? {}, sensitive_values, seal)) };
}

function finish(attributes: JsonObject): JsonObject {
  return dropUnset(attributes) as JsonObject;
}

const planReaders: Readonly<Record<PlanSide, (plan: PlanDocument, seal: Seal) => readonly Instance[]>> = {
  planned: readPlanned,
  applied: readApplied,
  refreshed: (plan, seal) => (plan.prior_state ? readState(plan.prior_state, seal) : []),
};

function readPlan(plan: PlanDocument, side: PlanSide, seal: Seal): readonly Instance[] {
  return planReaders[side](plan, seal);
}

function isManaged(change: ResourceChange): boolean {
  return change.mode === 'managed' && change.deposed === undefined;
}

/** What the configuration wants: the changes know what is unknown, `planned_values` has what did not change at all. */
function readPlanned(plan: PlanDocument, seal: Seal): readonly Instance[] {
  const changes = plan.resource_changes.filter(isManaged);
  const known = new Set(changes.map((change) => change.address));
  const rest = resourcesOf(plan.planned_values?.root_module).filter(({ address }) => !known.has(address));
  const wanted = changes.flatMap(({ address, type, change }) => {
    if (!change.after) return [];
    const attributes = finish(sealMarked(change.after, change.after_sensitive, seal));
    return [{ address, type, attributes: markUnknown(attributes, change.after_unknown) as JsonObject }];
  });
  return [...wanted, ...rest.map((resource) => stateInstance(resource, seal))];
}

/** What was last applied: the refreshed state with what the refresh found put back. */
function readApplied(plan: PlanDocument, seal: Seal): readonly Instance[] {
  const drifted = new Map(plan.resource_drift.filter(isManaged).map((drift) => [drift.address, drift] as const));
  const refreshed = plan.prior_state ? readState(plan.prior_state, seal) : [];
  const before = [...drifted.values()].flatMap(({ address, type, change }) =>
    change.before
      ? [{ address, type, attributes: finish(sealMarked(change.before, change.before_sensitive, seal)) }]
      : [],
  );
  return [...refreshed.filter(({ address }) => !drifted.has(address)), ...before];
}

function readRawState(state: RawState, seal: Seal): readonly Instance[] {
  return (state.resources ?? [])
    .filter((resource) => resource.mode === 'managed')
    .flatMap(({ module, type, name, instances }) =>
      instances
        .filter((instance) => instance.deposed === undefined)
        .map((instance) => {
          const raw = unwrapDynamic(instance.attributes ?? {}) as JsonObject;
          const marks = fitMarks(raw, marksFromPaths(instance.sensitive_attributes));
          const address = `${module ? `${module}.` : ''}${type}.${name}${formatIndex(instance.index_key)}`;
          return { address, type, attributes: finish(sealMarked(raw, marks, seal)) };
        }),
    );
}

/** As Terraform writes addresses: `[0]`, `["eu"]`, with template openings escaped. */
function formatIndex(index: string | number | undefined): string {
  if (index === undefined) return '';
  if (typeof index === 'number') return `[${index}]`;
  return `[${JSON.stringify(index).replaceAll(/([$%])\{/g, '$1$1{')}]`;
}
