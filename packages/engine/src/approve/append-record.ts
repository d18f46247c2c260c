import { failed, ok, problem, type Result } from '@leeway/core';
import { Document, isMap, isScalar, LineCounter, type Node, type ParsedNode, parseDocument, type YAMLMap } from 'yaml';
import type { DraftRecord } from './build-record.ts';

/** A file with the record in it. */
export interface AppendedRecord {
  /** The whole file. */
  readonly text: string;
  /** Line of the record's id, from 1. */
  readonly line: number;
  /** The record alone, as YAML. */
  readonly record: string;
}

const head =
  '# Approved differences: each allows one difference, pinned to a value or a constraint, until it expires.\n';
const style = { lineWidth: 120, singleQuote: true } as const;

/**
 * Appends a record under `approved:`. Every byte that was there stays, comments and layout included; only an `approved`
 * written in braces is laid out anew. `text` is undefined for a file that does not exist yet. Problems: LW7012, LW7013.
 */
export function appendRecord(
  text: string | undefined,
  { id, entry }: DraftRecord,
  file: string,
): Result<AppendedRecord> {
  const before = text?.trim() ? text : `${head}approved:\n`;
  const document = parseDocument(before);
  const reason = refuseDocument(document);
  if (reason !== undefined) return failed(problem('LW7013', { file, reason }));
  const section = sectionOf(document);
  if (section?.has(id)) return failed(problem('LW7012', { id, file }));
  const record = new Document({ [id]: entry }).toString(style);
  const wanted = JSON.stringify({ ...document.toJS(), approved: { ...section?.toJSON(), [id]: entry } });
  const spliced = spliceRecord(before, document, record);
  const isExact = spliced !== undefined && JSON.stringify(readBack(spliced)) === wanted;
  const after = isExact ? spliced : rewrite(document, id, entry);
  return ok({ text: after, line: lineOf(after, id), record });
}

/** A record that stands in a file: as YAML, and the lines it takes there. Undefined where the file has no such record. */
export function findRecord(
  text: string,
  id: string,
): { readonly record: string; readonly from: number; readonly to: number } | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const pair = sectionOf(document)?.items.find(({ key }) => isScalar(key) && key.value === id);
  const [start, end] = [(pair?.key as Node | undefined)?.range?.[0], (pair?.value as Node | undefined)?.range?.[1]];
  if (!pair || start === undefined || end === undefined) return undefined;
  const entry = document.getIn(['approved', id], true) as Node;
  const lines = text.slice(0, end).trimEnd().split('\n').length;
  return {
    record: new Document({ [id]: entry.toJS(document) }).toString(style),
    from: lineCounter.linePos(start).line,
    to: lines,
  };
}

type Parsed = Document.Parsed<ParsedNode, true> | Document.Parsed;

/** Why no record can be appended; undefined when one can. */
function refuseDocument(document: Parsed): string | undefined {
  const [fault] = document.errors;
  if (fault) return `it is not valid YAML (${fault.code.toLowerCase().replaceAll('_', ' ')})`;
  if (document.contents !== null && !isMap(document.contents)) return 'its top level is no map';
  const section = document.get('approved', true);
  const isEmpty = section === undefined || (isScalar(section) && section.value === null);
  return isEmpty || isMap(section) ? undefined : '"approved" is no map of records by id';
}

function sectionOf(document: Parsed): YAMLMap | undefined {
  const section = document.get('approved', true);
  return isMap(section) ? section : undefined;
}

/** The text with the record put in after the last one; undefined where the layout leaves no line for it. */
function spliceRecord(text: string, document: Parsed, record: string): string | undefined {
  const section = sectionOf(document);
  if (section && section.items.length > 0) {
    if (section.flow) return undefined;
    const [first, last] = [section.items[0]?.key as Node, section.items.at(-1)?.value as Node | null];
    const end = last?.range?.[1];
    if (end === undefined || !first.range) return undefined;
    return insertAt(text, endOfLine(text, end), record, columnOf(text, first.range[0]));
  }
  const key = isMap(document.contents)
    ? document.contents.items
        .map((pair) => pair.key as Node)
        .find((node) => isScalar(node) && node.value === 'approved')
    : undefined;
  if (key?.range) return insertAt(text, endOfLine(text, key.range[1]), record, 2);
  return insertAt(text, text.length, `approved:\n${indentText(record, 2)}`, 0);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Offset after the line that the last visible character before `offset` stands on. */
function endOfLine(text: string, offset: number): number {
  const last = text.slice(0, offset).trimEnd().length;
  const newline = text.indexOf('\n', last);
  return newline === -1 ? text.length : newline + 1;
}

function insertAt(text: string, offset: number, block: string, column: number): string {
  const head = text.slice(0, offset);
  return head + (head === '' || head.endsWith('\n') ? '' : '\n') + indentText(block, column) + text.slice(offset);
}

function indentText(text: string, columns: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(columns));
}

function readBack(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

function rewrite(document: Parsed, id: string, entry: DraftRecord['entry']): string {
  if (!sectionOf(document)) document.set('approved', document.createNode({}));
  const section = sectionOf(document);
  if (section) section.flow = false;
  document.setIn(['approved', id], document.createNode(entry));
  return document.toString(style);
}

function lineOf(text: string, id: string): number {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const pair = sectionOf(document)?.items.find(({ key }) => isScalar(key) && key.value === id);
  const offset = (pair?.key as Node | undefined)?.range?.[0];
  return offset === undefined ? 1 : lineCounter.linePos(offset).line;
}
