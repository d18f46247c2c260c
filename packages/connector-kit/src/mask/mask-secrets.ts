import { isJsonArray, isJsonObject, type Json, type JsonObject, type Kind, type Resource } from '@leeway/core';
import { fieldPlan, type NoisePlan, noisePlan } from '@leeway/core/resource/noise-plan.ts';
import type { Seal } from '../connector.ts';
import { isSecretName, isStandIn } from './secret-names.ts';
import { maskText, maySecret } from './secret-text.ts';

/**
 * Replaces the secrets of a resource by keyed digests: first the fields its kind declares, then, as defence in depth,
 * fields whose name says secret and texts whose form does. Returns the very same resource when it has none.
 * Deterministic and idempotent; about a microsecond for a resource of 1 kB without secrets.
 */
export function maskSecrets(resource: Resource, kind: Kind, seal: Seal): Resource {
  const masker = new Masker(seal);
  const plan = secretPlan(kind);
  const attributes = plan ? masker.planned(resource.attributes, plan) : masker.object(resource.attributes);
  return attributes === resource.attributes ? resource : { ...resource, attributes: attributes as JsonObject };
}

const plans = new WeakMap<Kind, { readonly plan: NoisePlan | null }>();

/** The kind's secret patterns alone, compiled; null when it has none. */
function secretPlan(kind: Kind): NoisePlan | null {
  let known = plans.get(kind);
  if (!known) {
    const secret = kind.noise?.secret;
    known = {
      plan: secret?.length
        ? noisePlan({ name: kind.name, title: '', layer: kind.layer, version: 1, noise: { secret } })
        : null,
    };
    plans.set(kind, known);
  }
  return known.plan;
}

class Masker {
  readonly #seal: Seal;
  readonly #nested = (value: Json): Json => this.any(value);

  constructor(seal: Seal) {
    this.#seal = seal;
  }

  /** Masks by name and form. Every method returns its argument itself when nothing in it changed. */
  any(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    return isJsonArray(value) ? this.list(value) : this.object(value as JsonObject);
  }

  text(value: string): Json {
    return maySecret(value) ? maskText(value, this.#seal, this.#nested) : value;
  }

  list(items: readonly Json[]): Json {
    let copy: Json[] | undefined;
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index] as Json;
      if (typeof item === 'string' ? !maySecret(item) : typeof item !== 'object' || item === null) continue;
      const masked = this.any(item);
      if (masked !== item) {
        copy ??= items.slice();
        copy[index] = masked;
      }
    }
    return copy ?? items;
  }

  object(object: JsonObject): Json {
    let copy: Record<string, Json> | undefined;
    for (const key in object) {
      const value = object[key] as Json;
      // Switches and gaps hold no secret; they are most of what a live system answers.
      if (value === null || typeof value === 'boolean') continue;
      // The common case first: a text or a number under a harmless name.
      const masked = isSecretName(key) || key.length === 5 ? this.#field(object, key, value) : this.any(value);
      if (masked !== value) {
        copy ??= { ...object };
        set(copy, key, masked);
      }
    }
    return copy ?? object;
  }

  #field(object: JsonObject, key: string, value: Json): Json {
    if (isSecretName(key) && !(key === '$secret')) return this.#named(key, value);
    if (typeof value === 'number') return value;
    if (key.length === 5 && (key === 'value' || key === 'Value') && namesSecret(object)) return this.#named('', value);
    return this.any(value);
  }

  /** The value of a field whose name says secret: texts and numbers, alone or as the items of a list. */
  #named(key: string, value: Json): Json {
    if (typeof value === 'string') return this.#sealUnlessStandIn(value);
    if (typeof value === 'number') return key.endsWith('s') ? value : this.#seal(String(value));
    if (isJsonArray(value) && value.some((item) => typeof item === 'string')) {
      return value.map((item) => (typeof item === 'string' ? this.#sealUnlessStandIn(item) : this.any(item)));
    }
    return this.any(value);
  }

  #sealUnlessStandIn(text: string): Json {
    return isStandIn(text) || text.startsWith('<secret:') ? text : this.#seal(text);
  }

  /** Follows the kind's own patterns; what they do not reach is masked by name and form. */
  planned(value: Json, plan: NoisePlan | null): Json {
    if (plan === null) return this.any(value);
    if (plan.secret) return this.#sealWhole(value);
    if (isJsonArray(value))
      return keepSame(
        value,
        value.map((item) => this.planned(item, plan.item)),
      );
    if (!isJsonObject(value)) return this.any(value);
    let copy: Record<string, Json> | undefined;
    for (const key of Object.keys(value)) {
      const field = value[key] as Json;
      const next = fieldPlan(plan, key);
      const masked = next === null ? this.#field(value, key, field) : this.planned(field, next);
      if (masked === field) continue;
      copy ??= { ...value };
      set(copy, key, masked);
    }
    return copy ?? value;
  }

  /** A declared secret: sealed whatever it is; fields and items one by one, so that it shows which of them differ. */
  #sealWhole(value: Json): Json {
    if (value === null || typeof value === 'boolean') return value;
    if (isJsonArray(value))
      return keepSame(
        value,
        value.map((item) => this.#sealWhole(item)),
      );
    if (!isJsonObject(value)) return this.#seal(String(value));
    if (typeof value['$secret'] === 'string') return value;
    const fields = Object.entries(value).map(([key, field]) => [key, this.#sealWhole(field)] as const);
    return fields.every(([key, field]) => field === value[key]) ? value : Object.fromEntries(fields);
  }
}

/** `{ name: 'DB_PASSWORD', value: … }`, as Kubernetes, ECS and many others write environment variables. */
function namesSecret(object: JsonObject): boolean {
  const name = object['name'] ?? object['Name'] ?? object['key'] ?? object['Key'];
  return typeof name === 'string' && isSecretName(name);
}

function keepSame(before: readonly Json[], after: readonly Json[]): readonly Json[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}

/** An own property even for the name `__proto__`. */
function set(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}
