import { type Change, type Description, type Json, parsePointer, pathLabel, valueText } from '@leeway/core';

/** What people call the fields of a kind of record, and some of their values. */
export interface Words {
  /** By field; a field without a word of its own is called by its name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** By field, then by value as text. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Words for a change of one parameter, as the owner of an ERP application says them: "has invoice method on shipment",
 * "has tax rounding switched off". Undefined for a record as a whole.
 */
export function describeParameter(words: Words, { path, before, after }: Change): Description | undefined {
  const tokens = parsePointer(path);
  const field = tokens?.[0];
  if (!tokens || !field) return undefined;
  const label = labelOf(words, field.key, tokens.length > 1 || field.selector ? path : undefined);
  const say = (value: Json | undefined) => sayValue(words, field.key, value);
  if (typeof (after ?? before) === 'boolean' && isSwitch(before) && isSwitch(after)) {
    return { actual: `has ${label} ${switchText(after)}`, expected: `has it ${switchText(before)}` };
  }
  const hasNone = after === undefined || after === null;
  const hadNone = before === undefined || before === null;
  return {
    actual: hasNone ? `has no ${label}` : `has ${label} ${say(after)}`,
    expected: hadNone ? 'has none' : `has ${say(before)}`,
  };
}

function labelOf({ fields = {} }: Words, field: string, deeper: string | undefined): string {
  const own = Object.hasOwn(fields, field) ? fields[field] : undefined;
  const label = own ?? humanise(field);
  return deeper === undefined ? label : `${label} (${pathLabel(deeper)})`;
}

/** `sale_invoice_method`, `SaleInvoiceMethod` and `IT_ROUNDING` as words. */
export function humanise(name: string): string {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_.\-/]+/g, ' ');
  return words.trim().toLowerCase();
}

function sayValue({ values = {} }: Words, field: string, value: Json | undefined): string {
  const known = Object.hasOwn(values, field) ? values[field] : undefined;
  const text = String(value);
  return known && Object.hasOwn(known, text) ? (known[text] ?? text) : valueText(value);
}

const isSwitch = (value: Json | undefined) => typeof value === 'boolean' || value === undefined || value === null;
const switchText = (value: Json | undefined) => (value === true ? 'switched on' : 'switched off');
