import { type Finding, failed, isSealed, type Json, ok, parsePointer, problem, type Result } from '@leeway/core';
import { formatOf } from '@leeway/formats/format-of.ts';
import { type Document, isMap, isNode, isSeq, LineCounter, type Node, parseAllDocuments, visit } from 'yaml';
import { locateValue, type Steps } from './locate-value.ts';
import { writeValue } from './write-value.ts';

/** A declared file that says what is live. */
export interface ReconcilePlan {
  /** Relative to the estate. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The file that declares a finding's value, where a change to it could end the finding. Problems: LW8321, LW8323. */
export function declaredFile(finding: Finding): Result<string> {
  const { axis, verdict, expected, actual, path } = finding;
  const refuse = (reason: string) => failed(problem('LW8321', { reason }));
  if (axis !== 'declared' || (verdict !== 'drift' && verdict !== 'conflict')) {
    return refuse('the finding is not about a value that Git declares otherwise');
  }
  if (path === '' || !expected.present || !actual.present) return refuse('the value stands on one side only');
  if (holdsSecret(expected.value) || holdsSecret(actual.value)) return failed(problem('LW8323', {}));
  const { file } = placeOf(expected.place ?? '');
  if (file === '') return refuse('nothing tells which file declares it');
  const format = formatOf(file);
  return format === 'yaml' || format === 'json' ? ok(file) : refuse(`${file} is neither YAML nor JSON`);
}

/**
 * The text of the declared file with the live value in it. Only the bytes of that value change: the result is read back, and
 * refused where it says anything else than was meant. Problems: LW8321, LW8322, LW8323.
 */
export function planReconciliation(finding: Finding, text: string): Result<ReconcilePlan> {
  const declared = declaredFile(finding);
  if (!declared.ok) return declared;
  const file = declared.value;
  const refuse = (reason: string) => failed(problem('LW8321', { reason }));
  if (text.includes('{{')) return refuse(`${file} is a template`);
  const lineCounter = new LineCounter();
  const documents = read(text, lineCounter);
  if (!documents) return refuse(`${file} cannot be read as YAML`);
  const missing = failed(problem('LW8322', { file, path: finding.path }));
  const resource = findResource(documents, lineCounter, placeOf(finding.expected.place ?? ''));
  const tokens = parsePointer(finding.path);
  const found = resource && tokens && locateValue(resource.node, tokens);
  if (!resource || !found) return missing;
  const current = found.node.toJS(resource.document) as Json;
  if (!saysTheSame(current, finding.expected.value)) return missing;
  const live = likeBefore(current, finding.actual.value as Json);
  const after = writeValue(text, found.node, live, formatOf(file) === 'json');
  if (after === undefined)
    return refuse(`${file} writes the value in a way that cannot be replaced without its layout`);
  const wanted = withValue(
    toJson(documents),
    [documents.indexOf(resource.document), ...resource.steps, ...found.steps],
    live,
  );
  const again = read(after, new LineCounter());
  if (!again || JSON.stringify(toJson(again)) !== JSON.stringify(wanted)) {
    return refuse(`changing the value in ${file} would change something else with it`);
  }
  return ok({ file, before: text, after });
}

/** Sealed as a whole, or a text that a sealed part stands in. */
function holdsSecret(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('<secret:');
  if (typeof value !== 'object' || value === null) return false;
  return isSealed(value) || Object.values(value).some(holdsSecret);
}

interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column: number;
}

function placeOf(place: string): FilePlace {
  const [, file = '', line, column] = /^(.*?)(?::(\d+)(?::(\d+))?)?$/.exec(place) ?? [];
  return { file, column: Number(column ?? 1), ...(line !== undefined && { line: Number(line) }) };
}

function read(text: string, lineCounter: LineCounter): readonly Document.Parsed[] | undefined {
  const documents = [...parseAllDocuments(text, { lineCounter, merge: false })] as Document.Parsed[];
  return documents.some(({ errors }) => errors.length > 0) ? undefined : documents;
}

interface FoundResource {
  readonly document: Document.Parsed;
  readonly node: Node;
  readonly steps: Steps;
}

/** The outermost map that begins at the place; the only document's root where the place names a file alone. */
function findResource(
  documents: readonly Document.Parsed[],
  lines: LineCounter,
  { line, column }: FilePlace,
): FoundResource | undefined {
  if (line === undefined) {
    const [document] = documents;
    const node = document?.contents;
    return document && node && documents.length === 1 ? { document, node, steps: [] } : undefined;
  }
  for (const document of documents) {
    let found: FoundResource | undefined;
    visit(document, {
      Collection(_, node, ancestors) {
        const at = node.range && lines.linePos(node.range[0]);
        if (at?.line !== line || at.col !== column) return undefined;
        found = { document, node, steps: stepsTo([...ancestors, node]) };
        return visit.BREAK;
      },
    });
    if (found) return found;
  }
  return undefined;
}

function stepsTo(chain: readonly unknown[]): Steps {
  return chain.flatMap((parent, at): Steps => {
    const next = chain[at + 1];
    if (isSeq(parent)) return next === undefined ? [] : [parent.items.indexOf(next)];
    if (!isMap(parent)) return [];
    const pair = parent.items.find((item) => item === next);
    return pair && isNode(pair.key) ? [String(pair.key.toJSON())] : [];
  });
}

/** Connectors read some formats as texts: `true` and "true" say the same here. */
function saysTheSame(written: unknown, expected: unknown): boolean {
  if (typeof written !== 'object' || written === null || typeof expected !== 'object' || expected === null) {
    return typeof written !== 'object' && typeof expected !== 'object' && String(written) === String(expected);
  }
  const [own, other] = [Object.entries(written), expected as Record<string, unknown>];
  if (Array.isArray(written) !== Array.isArray(expected) || own.length !== Object.keys(other).length) return false;
  return own.every(([key, value]) => Object.hasOwn(other, key) && saysTheSame(value, other[key]));
}

/** A live text in the type the file has it in: "false" where `true` stands is `false`. */
function likeBefore(current: Json, live: Json): Json {
  if (typeof current === 'string' && (typeof live === 'number' || typeof live === 'boolean')) return String(live);
  if (typeof live !== 'string' || (typeof current !== 'number' && typeof current !== 'boolean')) return live;
  try {
    const value = JSON.parse(live) as Json;
    return typeof value === typeof current && String(value) === live ? value : live;
  } catch {
    return live;
  }
}

function toJson(documents: readonly Document.Parsed[]): Json {
  return JSON.parse(JSON.stringify(documents.map((document) => document.toJS() ?? null))) as Json;
}

function withValue(root: Json, steps: Steps, value: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const container = root as Record<string | number, Json>;
  container[step] = withValue(container[step] ?? null, rest, value);
  return root;
}
