import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type Noise,
  type PathPattern,
  type SeverityRule,
} from '@leeway/core';

/**
 * Noise of IAM policy documents in a text field: JSON whose lists may be written as their only item and have no order
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export function policyDocument(...fields: readonly PathPattern[]): Noise {
  const merged = {
    unordered: [] as string[],
    quantity: {} as Record<string, 'json' | 'one-or-many' | 'case-insensitive'>,
    identity: {} as Record<string, string[]>,
  };
  for (const field of fields) {
    const statement = `${field}/Statement`;
    const lists = [
      ...['Action', 'NotAction', 'Resource', 'NotResource'].map((name) => `${statement}/*/${name}`),
      ...['Principal/*', 'NotPrincipal/*', 'Condition/*/*'].map((name) => `${statement}/*/${name}`),
    ];
    merged.quantity[field] = 'json';
    for (const list of [statement, ...lists]) merged.quantity[list] = 'one-or-many';
    // "The prefix and the action name are case insensitive" (IAM JSON policy elements: Action).
    for (const name of ['Action', 'NotAction']) merged.quantity[`${statement}/*/${name}/*`] = 'case-insensitive';
    merged.unordered.push(statement, ...lists);
    merged.identity[statement] = ['Sid'];
  }
  return merged;
}

/**
 * Documents with their principals in one spelling: `"*"` stands for `{ "AWS": "*" }`, and an account for its root user
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html). Pure and idempotent.
 */
export function foldPrincipals(attributes: JsonObject): JsonObject {
  const folded = Object.entries(attributes).flatMap(([name, document]) => {
    if (!isJsonObject(document) || document['Statement'] === undefined) return [];
    return [[name, { ...document, Statement: eachOf(document['Statement'], foldStatement) }] as const];
  });
  return folded.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(folded) };
}

function eachOf(value: Json, change: (item: Json) => Json): Json {
  return isJsonArray(value) ? value.map(change) : change(value);
}

function foldStatement(statement: Json): Json {
  if (!isJsonObject(statement)) return statement;
  const principals = ['Principal', 'NotPrincipal'].flatMap((name) => {
    const value = statement[name];
    return value === undefined ? [] : [[name, foldPrincipal(value)] as const];
  });
  return { ...statement, ...Object.fromEntries(principals) };
}

function foldPrincipal(principal: Json): Json {
  if (principal === '*') return { AWS: '*' };
  if (!isJsonObject(principal) || principal['AWS'] === undefined) return principal;
  return { ...principal, AWS: eachOf(principal['AWS'], foldAccount) };
}

/** As the root user: a bare number would no longer be told for an account's id where ids are made neutral. */
function foldAccount(account: Json): Json {
  const text = typeof account === 'number' ? String(account) : account;
  const id = typeof text === 'string' ? /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1] : undefined;
  return id === undefined ? account : `arn:aws:iam::${id}:root`;
}

/** A policy that newly allows every action, or every principal. */
export function policySeverity(field: PathPattern): readonly SeverityRule[] {
  const grants: SeverityRule['when'] = ({ before, after }) => grantsAll(after) && !grantsAll(before);
  return [
    { path: `${field}/**`, severity: 'critical', when: grants },
    { path: `${field}/**`, severity: 'high' },
    { path: '', severity: 'critical', when: ({ after }) => isJsonObject(after) && grantsAll(after[field.slice(1)]) },
  ];
}

/** Whether a document, a statement or a part of one allows everything or everybody. */
export function grantsAll(value: Json | undefined): boolean {
  if (typeof value === 'string')
    return value === '*' || value === '*:*' || (value.startsWith('{') && grantsAll(parse(value)));
  if (isJsonArray(value)) return value.some(grantsAll);
  if (!isJsonObject(value)) return false;
  if (value['Effect'] === 'Deny') return false;
  const { Statement, Action, Principal, Condition } = value;
  if (Statement !== undefined) return grantsAll(Statement);
  // "Anybody" under a condition is how a service or an organisation is named.
  return grantsAll(Action) || (Condition === undefined && grantsPrincipal(Principal));
}

function grantsPrincipal(principal: Json | undefined): boolean {
  if (isJsonObject(principal)) return grantsAll(principal['AWS']);
  return principal === '*';
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
