import type { JsonObject } from '@leeway/core';
import { chain, editItems, editObject, objectAt, textAt, without } from './edit.ts';

const annotation = 'kubernetes.io/limit-ranger';
const prefix = 'LimitRanger plugin set: ';

/** `cpu, memory request for container shell`, several joined by `; `. */
const entry = /^(?<resources>.+) (?<what>request|limit) for (?<init>init )?container (?<name>\S+)$/;

/**
 * A Pod without the requests and limits that admission filled in for want of any. The LimitRanger plug-in says in an
 * annotation which these are (plugin/pkg/admission/limitranger/admission.go).
 */
export function dropLimitRangerDefaults(pod: JsonObject): JsonObject {
  const note = textAt(objectAt(objectAt(pod, 'metadata'), 'annotations'), annotation);
  if (!note?.startsWith(prefix)) return pod;
  const drops = note.slice(prefix.length).split('; ').map(dropNamed);
  return chain(...drops, (value) =>
    editObject(value, 'metadata', (metadata) => editObject(metadata, 'annotations', (map) => without(map, annotation))),
  )(pod);
}

function dropNamed(text: string): (pod: JsonObject) => JsonObject {
  const found = entry.exec(text)?.groups;
  if (!found) return (pod) => pod;
  const { resources = '', what, init, name } = found;
  const drop = (container: JsonObject) =>
    container['name'] === name
      ? editObject(container, 'resources', (amounts) =>
          editObject(amounts, `${what}s`, (map) => without(map, ...resources.split(', '))),
        )
      : container;
  return (pod) => editObject(pod, 'spec', (spec) => editItems(spec, init ? 'initContainers' : 'containers', drop));
}
