import type { Json, JsonObject } from '@leeway/core';
import { Environment } from '@marcbachmann/cel-js';
import { declareOperands } from './engine-call.ts';
import { registerLibrary } from './functions.ts';

/** What policies know of an environment. */
export interface PolicyEnvironment {
  readonly name: string;
  /** stage, region, businessUnit, tenant, tier, compliance. */
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly parameters: JsonObject;
}

/** Fields the type checker knows of, so that a misspelt one is found when the policy is loaded. */
export const dimensionFields: Readonly<Record<string, string>> = {
  stage: 'string',
  region: 'string',
  businessUnit: 'string',
  tenant: 'string',
  tier: 'string',
  compliance: 'list<string>',
};
export const environmentFields: Readonly<Record<string, string>> = {
  name: 'string',
  dimensions: 'Dimensions',
  parameters: 'map',
};

/** CEL types are told apart by constructor; instances of these two are what `environment` is at run time. */
class Dimensions {
  constructor(fields: Readonly<Record<string, unknown>>) {
    Object.assign(this, fields);
  }
}
class EnvironmentValue {
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly parameters: JsonObject;
  constructor(from: PolicyEnvironment) {
    this.name = from.name;
    this.dimensions = new Dimensions(from.dimensions);
    this.parameters = from.parameters;
  }
}

/** The `environment` variable's value. */
export function environmentValue(from: PolicyEnvironment): object {
  return new EnvironmentValue(from);
}

/** Variables every expression may use, with their CEL types. */
export const variables: Readonly<Record<string, string>> = {
  resource: 'map',
  kind: 'string',
  key: 'string',
  environment: 'Environment',
  now: 'google.protobuf.Timestamp',
};

let base: Environment | undefined;

/** Built once, on first use: a tenth of a second on a cold start that an estate without policies never pays. */
function baseEnvironment(): Environment {
  if (base) return base;
  const fresh = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
  fresh.registerType('Dimensions', { ctor: Dimensions, fields: { ...dimensionFields } });
  fresh.registerType('Environment', { ctor: EnvironmentValue, fields: { ...environmentFields } });
  for (const [name, type] of Object.entries(variables)) fresh.registerVariable(name, type);
  base = registerLibrary(fresh);
  return base;
}

let operands: Environment | undefined;

/** The environment in which single operators and functions are looked up. */
export function operandEnvironment(): Environment {
  operands ??= declareOperands(baseEnvironment().clone());
  return operands;
}

/** The CEL type of a parameter, from its default. */
function parameterType(value: Json): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  if (value === null) return 'dyn';
  if (!Array.isArray(value)) return 'map';
  if (value.length > 0 && value.every((item) => typeof item === 'string')) return 'list<string>';
  return 'list';
}

/** An environment of expressions with the parameters of one policy, and how to make the `params` value for it. */
export interface PolicyScope {
  readonly environment: Environment;
  readonly paramsValue: (params: JsonObject) => object;
}

/** Each policy has its own type for `params`, so that a misspelt parameter is found when the policy is loaded. */
export function createScope(params: JsonObject): PolicyScope {
  class Params {
    constructor(from: JsonObject) {
      Object.assign(this, from);
    }
  }
  const fields = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, parameterType(value)]));
  const environment = baseEnvironment().clone();
  environment.registerType('Params', { ctor: Params, fields });
  environment.registerVariable('params', 'Params');
  return { environment, paramsValue: (from) => new Params(from) };
}
