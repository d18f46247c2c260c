import type { JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import { noisePlan } from '../resource/noise-plan.ts';
import { ByteWriter } from '../text/byte-writer.ts';
import { NormalWriter } from './normal-writer.ts';

export interface NormalizeOptions {
  /** True folds nothing: no defaults, computed or empty fields, no spellings. Lists still align. */
  readonly strict?: boolean;
  /** True leaves out what identifies an instance: for comparing environments with each other. */
  readonly acrossEnvironments?: boolean;
}

/**
 * Canonical JSON of a resource's attributes with the kind's noise taken out: what is digested. The hot path of a scan has
 * the same as bytes ({@link NormalWriter}). `normal-tree.ts` computes the same normal form as a tree for the few resources
 * that differ; a property test holds the two equal.
 */
export function normalText(kind: Kind, attributes: JsonObject, options: NormalizeOptions = {}): string {
  const { strict = false, acrossEnvironments = false } = options;
  const output = new ByteWriter();
  output.text(JSON.stringify(normalized(kind, attributes, strict)));
  const from = output.length;
  const writer = new NormalWriter(output);
  writer.read(0);
  writer.write(noisePlan(kind, strict), acrossEnvironments);
  return output.part(from).toString('utf8');
}

/** Attributes after the kind's own hook, where it has one. */
export function normalized(kind: Kind, attributes: JsonObject, strict: boolean): JsonObject {
  return kind.normalize && !strict ? kind.normalize(attributes, kind.name) : attributes;
}
