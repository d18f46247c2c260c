import { parseJsonText } from './json.ts';
import { rememberByText } from './remember.ts';

/**
 * IAM policy documents in one shape. AWS allows a document as text or as JSON, `Statement` as one or many, and every
 * list in it as its only item (IAM JSON policy grammar).
 */

/** One statement; lists are always lists, absent ones empty. `effect` is `Allow` or `Deny`. */
export interface IamStatement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  /** `*`, ARNs, account ids, service names, each as written, whatever kind of principal it is. */
  readonly principals: readonly string[];
  /** True when NotPrincipal or NotResource is used: everyone, or everything, but. */
  readonly inverted: boolean;
  readonly conditions: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Statements of a policy document given as text or as an object; none for undefined.
 * Throws when the text is not JSON: the caller turns that into an `error`, never a pass.
 */
export function iamStatements(document: unknown): readonly IamStatement[] {
  return typeof document === 'string' ? textStatements(document) : readDocument(document);
}

const textStatements = rememberByText((text) => readDocument(parseJsonText(text)), 1000);

function readDocument(parsed: unknown): readonly IamStatement[] {
  if (typeof parsed !== 'object' || parsed === null) return [];
  return oneOrMany((parsed as Fields)['Statement'])
    .filter((item): item is Fields => typeof item === 'object' && item !== null)
    .map(readStatement);
}

function readStatement(item: Fields): IamStatement {
  const conditions = item['Condition'];
  return {
    sid: typeof item['Sid'] === 'string' ? item['Sid'] : '',
    effect: String(item['Effect'] ?? ''),
    actions: texts(item['Action']),
    notActions: texts(item['NotAction']),
    resources: texts(item['Resource']),
    principals: readPrincipals(item['Principal']),
    inverted: 'NotPrincipal' in item || 'NotResource' in item,
    conditions: typeof conditions === 'object' && conditions !== null ? (conditions as Fields) : {},
  };
}

function readPrincipals(principal: unknown): readonly string[] {
  if (typeof principal !== 'object' || principal === null) return texts(principal);
  return Object.values(principal as Fields).flatMap(texts);
}

function texts(value: unknown): readonly string[] {
  return oneOrMany(value).map(String);
}

/** A list as it is, nothing as an empty one, anything else as a list of one. */
export function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
