import type { Json } from '@leeway/core';
import { isScalar, type Node, stringify } from 'yaml';

/**
 * The text with a node's value replaced, laid out as it was; undefined for a layout that would be lost: block texts, tags,
 * anchors, lists and maps with comments in them.
 */
export function writeValue(text: string, node: Node, value: Json, isJson: boolean): string | undefined {
  if (!node.range || node.tag !== undefined || ('anchor' in node && node.anchor)) return undefined;
  const [start, end] = node.range;
  const old = text.slice(start, end);
  const isText = isScalar(node);
  if (isText ? old.includes('\n') : old.includes('#')) return undefined;
  const body = old.trimEnd();
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const written = isJson ? writeJson(text, start, body, value) : writeYaml(node, body, value, column);
  return written && text.slice(0, start) + written + text.slice(start + body.length);
}

function writeJson(text: string, start: number, old: string, value: Json): string {
  if (!old.includes('\n')) return JSON.stringify(value);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const inner = /\n([ \t]*)/.exec(old)?.[1]?.slice(indent.length) ?? '  ';
  return JSON.stringify(value, null, inner).replaceAll('\n', `\n${indent}`);
}

function writeYaml(node: Node, old: string, value: Json, column: number): string | undefined {
  const isWhole = typeof value === 'object' && value !== null;
  if (isWhole === isScalar(node)) return undefined;
  return isWhole ? writeItems(old, value, column) : writeScalar(node, value);
}

function writeItems(old: string, value: object, column: number): string | undefined {
  // JSON is YAML's flow style, and quotes what would be read otherwise.
  if (old.startsWith('[') || old.startsWith('{')) return old.includes('\n') ? undefined : JSON.stringify(value);
  if (Object.keys(value).length === 0) return undefined;
  return stringify(value, { schema: 'yaml-1.1', lineWidth: 0 })
    .trimEnd()
    .replaceAll('\n', `\n${' '.repeat(column)}`);
}

function writeScalar(node: Node, value: Json): string | undefined {
  const style = isScalar(node) ? node.type : undefined;
  if (typeof value === 'string' && style === 'QUOTE_DOUBLE') return JSON.stringify(value);
  const written = stringify(value, {
    schema: 'yaml-1.1',
    lineWidth: 0,
    blockQuote: false,
    ...(style === 'QUOTE_SINGLE' && { singleQuote: true, defaultStringType: 'QUOTE_SINGLE' as const }),
  }).trimEnd();
  return written.includes('\n') ? undefined : written;
}
