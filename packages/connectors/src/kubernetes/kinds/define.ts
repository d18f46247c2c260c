import type { JsonObject, Kind, Layer, Noise, SeverityRule } from '@leeway/core';
import { merge } from './compose.ts';
import { describeChange } from './describe.ts';
import { metadataNoise, normalizeMetadata } from './metadata.ts';

/** Raised whenever any rule of this connector changes meaning. */
const rulesVersion = 1;

interface Declaration {
  /** `group/Kind`, or a pattern. */
  readonly name: string;
  readonly title: string;
  readonly layer: Layer;
  readonly noise?: Noise;
  readonly normalize?: (object: JsonObject) => JsonObject;
  readonly severity?: readonly SeverityRule[];
}

/** A kind with what all Kubernetes objects share: rules for metadata, words and severities. */
export function defineKind({ name, title, layer, noise = {}, normalize, severity = [] }: Declaration): Kind {
  return {
    name,
    title,
    layer,
    version: rulesVersion,
    noise: merge(metadataNoise, noise),
    normalize: normalize ? (object) => normalize(normalizeMetadata(object)) : normalizeMetadata,
    severity: [...severity, ...metadataSeverity],
    describe: describeChange,
  };
}

/** Labels and annotations steer tools rather than the workload. */
const metadataSeverity: readonly SeverityRule[] = [
  { path: '/metadata/labels/**', severity: 'low' },
  { path: '/metadata/annotations/**', severity: 'low' },
];
