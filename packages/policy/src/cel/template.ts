import type { Frame } from './closure.ts';
import { type CompiledExpression, compileExpression, type Expression, type ExpressionScope } from './expression.ts';
import { valueText } from './value.ts';

/** A text with `{{ expression }}` parts. */
export interface Template {
  readonly fill: (frame: Frame) => string;
  /** Names of variables it mentions. */
  readonly uses: ReadonlySet<string>;
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  | (CompiledExpression & { readonly ok: false });

/** Longest text a template gives: a message is a sentence, and what it quotes comes from systems nobody vetted. */
const maximumLength = 2000;

/** Compiles a template. Faults carry the offset within the whole text. */
export function compileTemplate(text: string, scope: ExpressionScope): CompiledTemplate {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open);
    if (close < 0) return { ok: false, fault: { message: 'This {{ is never closed', offset: open } };
    const compiled = compileExpression(text.slice(open + 2, close), scope);
    if (!compiled.ok) return { ok: false, fault: { ...compiled.fault, offset: compiled.fault.offset + open + 2 } };
    parts.push(text.slice(at, open), compiled.expression);
    at = close + 2;
  }
  parts.push(text.slice(at));
  const uses = new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [...part.uses])));
  return { ok: true, template: { uses, fill: (frame) => fillParts(parts, frame) } };
}

function fillParts(parts: readonly (string | Expression)[], frame: Frame): string {
  const text = parts.map((part) => (typeof part === 'string' ? part : valueText(part.evaluate(frame)))).join('');
  return text.length > maximumLength ? `${text.slice(0, maximumLength)}…` : text;
}
