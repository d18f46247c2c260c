import type { Change, Description, Json, JsonObject } from '@leeway/core';
import { describeParameter, type Words } from '../shared/erp-words.ts';

const methods = {
  manual: 'by hand',
  order: 'as soon as the order is processed',
  shipment: 'on shipment',
  invoice: 'once it is invoiced',
  confirm: 'on confirmation',
};

/** Fields of Tryton's own modules whose names are not what their labels say. */
const words: Words = {
  fields: {
    sale_invoice_method: 'invoicing of sales',
    sale_shipment_method: 'shipping of sales',
    purchase_invoice_method: 'invoicing of purchases',
    sale_process_after: 'processing delay of sales',
    purchase_process_after: 'processing delay of purchases',
    sale_sequence: 'sequence of sales',
    purchase_sequence: 'sequence of purchases',
    default_account_receivable: 'default receivable account',
    default_account_payable: 'default payable account',
    rec_name: 'name',
    number_increment: 'step',
    flat_childs: 'flat children',
    perm_read: 'permission to read',
    perm_write: 'permission to change',
    perm_create: 'permission to create',
    perm_delete: 'permission to delete',
    global_p: 'effect on everyone',
    default_p: 'effect by default',
  },
  values: {
    sale_invoice_method: methods,
    sale_shipment_method: methods,
    purchase_invoice_method: methods,
    tax_rounding: { document: 'per document', line: 'per line' },
  },
};

/** A setting of a configuration, or any other field. */
export const describeField = (change: Change) => describeParameter(words, change);

/** `manually` once switched off; its plan in one phrase whichever part of it moved. */
export function describeJob(change: Change): Description | undefined {
  const { path, before, after, beforeResource, afterResource } = change;
  if (path === '/active') {
    return {
      actual: after === false ? 'is switched off' : 'runs',
      expected: before === false ? 'has it switched off' : 'lets it run',
    };
  }
  if (/^\/(?:interval_|minute|hour|weekday|day)/.test(path) && beforeResource && afterResource) {
    return { actual: `runs ${planOf(afterResource)}`, expected: `has it run ${planOf(beforeResource)}` };
  }
  return describeField(change);
}

function planOf({ interval_number: number, interval_type: unit, weekday, day, hour, minute }: JsonObject): string {
  const at = hour === null || hour === undefined ? '' : ` at ${hour}:${String(minute ?? 0).padStart(2, '0')}`;
  const on = [weekday, day].filter((part) => part !== null && part !== undefined).map((part) => ` on ${part}`);
  return `every ${number === 1 ? String(unit).replace(/s$/, '') : `${number} ${unit}`}${on.join('')}${at}`;
}

const deeds: Readonly<Record<string, string>> = {
  '/perm_read': 'reading',
  '/perm_write': 'changing',
  '/perm_create': 'creating',
  '/perm_delete': 'deleting',
};

/** `allows deleting`, for rights on models and fields and for record rules. */
export function describeRight(change: Change): Description | undefined {
  const deed = deeds[change.path];
  if (deed === undefined) return describeField(change);
  const say = (value: Json | undefined) => (value === true ? 'allows' : 'forbids');
  return { actual: `${say(change.after)} ${deed}`, expected: `${say(change.before)} it` };
}

export function describeModule(change: Change): Description | undefined {
  const { path, before, after } = change;
  if (path === '/state')
    return { actual: `is "${after ?? 'not installed'}"`, expected: `has it "${before ?? 'not installed'}"` };
  return describeField(change);
}
