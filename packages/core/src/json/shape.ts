import { quote, sortTexts } from './text.ts';
import type { JsonObject } from './value.ts';

/**
 * The keys of an object in canonical order, with their JSON texts. Most objects of an estate share a few shapes, so that
 * sorting and quoting their keys once a shape instead of once an object halves the cost of canonical JSON.
 */
export interface Shape {
  /** Keys in the order they stand in the object. */
  readonly written: readonly string[];
  /** Keys by UTF-16 code units. */
  readonly keys: readonly string[];
  /** `"key":` of each key. */
  readonly names: readonly string[];
}

/** Shapes remembered; keys come from live systems, and nothing else bounds them. */
const maximumShapes = 4096;
const maximumKeys = 64;
/** By first key, then a few shapes that start with it. */
const shapes = new Map<string, Shape[]>();
const shapesPerKey = 8;
let remembered = 0;

export function shapeOf(object: JsonObject): Shape {
  const written = Object.keys(object);
  const first = written[0];
  if (first === undefined) return emptyShape;
  const known = shapes.get(first);
  if (known) {
    for (const shape of known) if (sameKeys(shape.written, written)) return shape;
  }
  const shape = makeShape(written);
  if (written.length <= maximumKeys && remembered < maximumShapes && (known?.length ?? 0) < shapesPerKey) {
    remembered++;
    if (known) known.push(shape);
    else shapes.set(first, [shape]);
  }
  return shape;
}

function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

function makeShape(written: readonly string[]): Shape {
  const keys = sortTexts([...written]);
  return { written, keys, names: keys.map((key) => `${quote(key)}:`) };
}

const emptyShape = makeShape([]);
