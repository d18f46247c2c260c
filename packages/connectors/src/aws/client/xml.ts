import type { Json } from '@leeway/core';
import { SaxesParser } from 'saxes';

/** An XML document as plain values: the root's name, and what is in it. */
export interface XmlDocument {
  readonly root: string;
  readonly value: Json;
}

interface Open {
  readonly name: string;
  readonly children: Map<string, Json[]>;
  text: string;
}

/** Answers of AWS nest a dozen levels at most. */
const deepest = 64;

/**
 * Reads an XML document: an element with elements in it becomes an object, one without its text; elements of one name
 * beside each other become a list. Attributes and namespaces are dropped, entities beyond XML's own five are refused.
 * Undefined for anything that is not one whole, well-formed document.
 */
export function parseXml(source: string): XmlDocument | undefined {
  const parser = new SaxesParser();
  const open: Open[] = [];
  let document: XmlDocument | undefined;
  let isSound = true;
  parser.on('error', () => {
    isSound = false;
  });
  parser.on('opentag', ({ name }) => {
    if (open.length >= deepest) isSound = false;
    else open.push({ name: name.slice(name.indexOf(':') + 1), children: new Map(), text: '' });
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    const value = contentOf(element);
    const parent = open.at(-1);
    if (!parent) document = { root: element.name, value };
    else parent.children.set(element.name, [...(parent.children.get(element.name) ?? []), value]);
  });
  for (let from = 0; isSound && from < source.length; from += 65_536) parser.write(source.slice(from, from + 65_536));
  if (isSound) parser.close();
  return isSound ? document : undefined;
}

function contentOf({ children, text }: Open): Json {
  if (children.size === 0) return text;
  return Object.fromEntries(
    [...children].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
