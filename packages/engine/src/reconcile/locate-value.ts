import type { PointerToken } from '@leeway/core';
import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml';

/** Keys and indexes from a node to one in it. */
export type Steps = readonly (string | number)[];

interface Located {
  readonly node: Node;
  readonly steps: Steps;
}

/** The node a pointer leads to. Aliases are not followed: what they stand for belongs to others too. */
export function locateValue(root: Node, tokens: readonly PointerToken[]): Located | undefined {
  let at: Located | undefined = { node: root, steps: [] };
  for (const { key, selector } of tokens) {
    at = at && childOf(at, key);
    if (selector) at = at && selectedItem(at, selector);
  }
  return at;
}

function childOf({ node, steps }: Located, key: string): Located | undefined {
  if (isSeq(node)) {
    const item = /^(0|[1-9]\d*)$/.test(key) ? node.items[Number(key)] : undefined;
    return isNode(item) ? { node: item, steps: [...steps, Number(key)] } : undefined;
  }
  if (!isMap(node)) return undefined;
  const value = node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.value;
  return isNode(value) ? { node: value, steps: [...steps, key] } : undefined;
}

/** The one item with these fields; undefined where several have them. */
function selectedItem({ node, steps }: Located, selector: Readonly<Record<string, string>>): Located | undefined {
  if (!isSeq(node)) return undefined;
  const matching = node.items.flatMap((item, at) => {
    const isIt = Object.entries(selector).every(([field, text]) => {
      const value = field === '' ? item : isMap(item) ? item.get(field, true) : undefined;
      return isScalar(value) && String(value.value) === text;
    });
    return isIt && isNode(item) ? [{ node: item, steps: [...steps, at] }] : [];
  });
  return matching.length === 1 ? matching[0] : undefined;
}
