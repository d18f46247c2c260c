import { createRequire } from 'node:module';
import type { Json, JsonObject, Violation } from '@leeway/core';
import type { LoadedPolicy } from '@open-policy-agent/opa-wasm';
import type { PolicyEnvironment } from '../cel/environment.ts';
import { errorViolation } from '../cel/policy.ts';
import type { LoadedBundle } from './bundle.ts';

/** What a Rego rule sees as `input`. */
export interface RegoInput {
  readonly resource: JsonObject;
  readonly kind: string;
  readonly key: string;
  readonly environment: PolicyEnvironment;
  readonly params: JsonObject;
  readonly now: string;
}

export interface OpenBundle {
  /** Never throws: what goes wrong inside the module is an `error` of this resource. */
  readonly evaluate: (input: RegoInput) => readonly Violation[];
}

/** Memory a module may grow to, in 64 KiB pages: 256 MiB. */
const maximumPages = 4096;
const initialPages = 5;
/** Violations kept of one resource. */
const maximumViolations = 50;
const maximumMessage = 2000;

/** Instantiates a bundle. To be called in the worker only: from here on foreign code runs. */
export function openBundle(bundle: LoadedBundle): OpenBundle {
  let instance = instantiate(bundle);
  return {
    evaluate: (input) => {
      if (typeof instance === 'string') return [errorViolation(bundle.code, instance)];
      try {
        return readResult(bundle, instance.evaluate(input, bundle.entrypoint));
      } catch (error) {
        // After a trap the module's heap is in no known state.
        instance = instantiate(bundle);
        return [errorViolation(bundle.code, describe(error))];
      }
    },
  };
}

/** Loaded only where there is a bundle; the package's ESM form leaves out the synchronous loader. */
function loadRuntime(): typeof import('@open-policy-agent/opa-wasm') {
  return createRequire(import.meta.url)('@open-policy-agent/opa-wasm') as typeof import('@open-policy-agent/opa-wasm');
}

function instantiate(bundle: LoadedBundle): LoadedPolicy | string {
  try {
    const memory = { initial: initialPages, maximum: maximumPages };
    const instance = loadRuntime().loadPolicySync(new Uint8Array(bundle.wasm), memory);
    const names = Object.keys(instance.entrypoints);
    if (!names.includes(bundle.entrypoint)) {
      return `the bundle has no entrypoint "${bundle.entrypoint}"; it has ${names.join(', ') || 'none'}`;
    }
    instance.setData(bundle.data as object);
    return instance;
  } catch (error) {
    return `the bundle cannot be started: ${describe(error)}`;
  }
}

/** The runtime throws strings, plain objects and errors. */
function describe(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

/**
 * Reads the entrypoint's result: `true` is in order, `false` is not; a set or list holds one violation an item, each a
 * text or `{ message (or msg), path?, value? }`; an object may hold such a list as `violations`, or `allow`. No result
 * at all (undefined in Rego) tells nothing and is an error.
 */
function readResult(bundle: LoadedBundle, results: unknown): readonly Violation[] {
  const first = Array.isArray(results) ? (results[0] as { result?: Json } | undefined) : undefined;
  return readValue(bundle, first?.result);
}

function readValue(bundle: LoadedBundle, result: Json | undefined): readonly Violation[] {
  if (result === true) return [];
  if (result === false) return [violation(bundle, bundle.title)];
  if (Array.isArray(result)) return result.slice(0, maximumViolations).map((item) => readItem(bundle, item));
  if (typeof result === 'object' && result !== null) {
    const inner = (result as JsonObject)['violations'] ?? (result as JsonObject)['allow'];
    if (Array.isArray(inner) || typeof inner === 'boolean') return readValue(bundle, inner);
  }
  const reason =
    result === undefined
      ? 'the rule is undefined for this resource (give it a default)'
      : 'the result is neither a boolean, a list of violations, nor an object with "violations" or "allow"';
  return [errorViolation(bundle.code, reason)];
}

function readItem(bundle: LoadedBundle, item: Json): Violation {
  if (typeof item === 'string') return violation(bundle, item);
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return violation(bundle, bundle.title);
  const { message, msg, path, value } = item as JsonObject;
  const text = typeof message === 'string' ? message : typeof msg === 'string' ? msg : bundle.title;
  return violation(bundle, text, typeof path === 'string' ? path : '', value);
}

function violation(bundle: LoadedBundle, message: string, path = '', value?: Json): Violation {
  const text = message.length > maximumMessage ? `${message.slice(0, maximumMessage)}…` : message;
  return { code: bundle.code, outcome: 'fails', message: text, path, ...(value !== undefined && { value }) };
}
