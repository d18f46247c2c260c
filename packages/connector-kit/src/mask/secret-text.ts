import { isJsonObject, type Json } from '@leeway/core';
import type { Seal } from '../connector.ts';
import { isSecretName, isStandIn } from './secret-names.ts';

/**
 * Secrets that give themselves away by their form, inside any text. Only the secret part is replaced, by
 * `<secret:0123456789abcdef>`, so that the rest stays readable and equal secrets stay equal.
 */
const masked = /^<secret:(?:[\da-f]{16}|empty)>$/;

/** Anything below can only be in a text that has one of these, or is a URL with an `@`. */
const trigger =
  /=|:\s|-----BEGIN|A[KS]IA|eyJ|[Bb]earer |[Bb]asic |gh[opsur]_|github_pat_|glpat-|xox[abprs]-|hooks\.slack|sk_live_|AIza|LS0tLS1CRUdJTi/;

/** Of single characters and short words every trigger has one: a search for these alone costs half as much. */
const sign = /[@=:_.IJL-]|[Bb](?:earer|asic) /;
/** What a short text has besides the forms known by their first character. */
const shortSign = /[@= ]/;

/** First characters of the forms that need no other sign in a short text. */
const firsts = new Uint8Array(128);
for (const character of 'AegxsBbhL-') firsts[character.charCodeAt(0)] = 1;

const shortest = 8;
const short = 64;

/** Whether a text may hold a secret by its form; cheap (50 ns a text), and wrong only on the safe side. */
export function maySecret(text: string): boolean {
  if (text.length < shortest) return false;
  const first = text.charCodeAt(0);
  if (first === openBrace || first === openBracket) return true;
  if (text.length < short && firsts[first] !== 1 && !shortSign.test(text)) return false;
  if (!sign.test(text)) return false;
  return trigger.test(text) || (text.includes('@') && text.includes('://'));
}

const openBrace = 0x7b;
const openBracket = 0x5b;

function startsJson(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === openBrace || first === openBracket;
}

interface Form {
  /** What every text that matches the pattern has in it, where there is such a thing: looked for first. */
  readonly sign?: string;
  /** The secret is the group named `secret`; what is in the group `before` stays. Linear in the text's length. */
  readonly pattern: RegExp;
  /** Looks closer where the pattern alone would take harmless words for a secret. */
  readonly test?: (secret: string) => boolean;
}

/** Forms of one secret each. Sources: RFC 3986 (URLs), RFC 7468 (PEM), RFC 7519 (JWT), the vendors' token formats. */
const forms: readonly Form[] = [
  { sign: '://', pattern: /(?<before>:\/\/[^\s/:@"'<>]{0,256}:)(?<secret>[^\s/@"'<>]{1,1024})(?=@)/g },
  {
    sign: '-----BEGIN',
    pattern:
      /(?<secret>-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z\d ]{0,40}PRIVATE KEY-----|$))/g,
  },
  {
    sign: 'LS0tLS1CRUdJTi',
    pattern: /(?<![A-Za-z\d+/])(?<secret>LS0tLS1CRUdJTi[A-Za-z\d+/]+={0,2})/g,
    test: isPrivatePem,
  },
  { sign: 'eyJ', pattern: /(?<![\w-])(?<secret>eyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]*)/g },
  { sign: 'IA', pattern: /(?<![A-Za-z\d])(?<secret>A[KS]IA[A-Z2-7]{16})(?![A-Za-z\d])/g },
  {
    sign: ' ',
    pattern: /(?<before>\bbearer )(?<secret>[\w.~+/-]{8,}={0,2})/gi,
    test: (secret) => /\d/.test(secret) || secret.length > 32,
  },
  { sign: ' ', pattern: /(?<before>\bbasic )(?<secret>[A-Za-z\d+/]{8,}={0,2})/gi, test: isBasicCredential },
  {
    pattern:
      /(?<!\w)(?<secret>gh[opsur]_[A-Za-z\d]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|AIza[\w-]{30,})/g,
  },
  { sign: 'hooks.slack', pattern: /(?<before>hooks\.slack\.com\/(?:services|workflows)\/)(?<secret>[\w/]+)/g },
];

/** `name=value` in connection strings, queries, flags and scripts; `name: value` alone on a line of a longer text. */
const assignment =
  /(?<![\w.-])(?<before>(?<name>[\w.-]{1,200})(?: ?= ?|(?<=^[ \t]*(?:- )?[\w.-]+):[ \t]+|["'][ \t]{0,4}:[ \t]{0,4}(?=["'])))(?:"(?<double>[^"\n]{0,4096})"|'(?<single>[^'\n]{0,4096})'|(?<bare>[^\s"'&;,<>()[\]{}]+))/gm;

/** What every assignment has between name and value: the expression for all of one is dear. */
const assigns = /=|:[ \t]|["'][ \t]{0,4}:/;

/** Label matchers of PromQL and LogQL (`{secret="a", token="b"}`) name labels, not secrets. */
const matcherBefore = /[{,]\s*$/;

/** The text with its secrets replaced; the very same string when it has none. Idempotent. */
export function maskText(text: string, seal: Seal, maskJson: (value: Json) => Json): string {
  if (startsJson(text)) {
    const inside = maskJsonText(text, maskJson);
    if (inside !== undefined) return inside;
  }
  let result = text;
  for (const form of forms) {
    if (form.sign === undefined || result.includes(form.sign)) result = maskForm(result, form, seal);
  }
  return assigns.test(result) ? result.replace(assignment, (...found) => maskAssignment(found, seal)) : result;
}

function maskForm(text: string, { pattern, test }: Form, seal: Seal): string {
  return text.replace(pattern, (...found) => {
    const { before = '', secret } = found.at(-1) as { before?: string; secret: string };
    const harmless = isPlaceholder(secret) || (test && !test(secret));
    return before + (harmless ? secret : sealText(secret, seal));
  });
}

function maskAssignment(found: unknown[], seal: Seal): string {
  const [whole] = found as [string];
  const groups = found.at(-1) as Record<'before' | 'name' | 'double' | 'single' | 'bare', string | undefined>;
  const { before = '', name = '', double, single, bare } = groups;
  const value = double ?? single ?? bare ?? '';
  if (value === '' || !(isSecretName(name) || name.toLowerCase() === 'sig') || isPlaceholder(value)) return whole;
  const offset = found.at(-3) as number;
  const input = found.at(-2) as string;
  if (double !== undefined && matcherBefore.test(input.slice(Math.max(0, offset - 8), offset))) return whole;
  const quote = double !== undefined ? '"' : single !== undefined ? "'" : '';
  return `${before}${quote}${sealText(value, seal)}${quote}`;
}

/** Already masked, or a reference to a secret rather than one. */
function isPlaceholder(secret: string): boolean {
  return masked.test(secret) || secret.startsWith('<secret') || isStandIn(secret);
}

function sealText(secret: string, seal: Seal): string {
  const sealed = seal(secret);
  const digest = isJsonObject(sealed) ? sealed['$secret'] : undefined;
  return `<secret:${typeof digest === 'string' ? digest : 'sealed'}>`;
}

function isPrivatePem(base64: string): boolean {
  return Buffer.from(base64.slice(0, 64), 'base64').toString('latin1').includes('PRIVATE KEY');
}

/** RFC 7617: user and password with a colon between, in base64. */
function isBasicCredential(base64: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(base64, 'base64').toString('latin1'));
}

/** A JSON document in a string (ECS container definitions): masked as JSON and written back only when that changed it. */
function maskJsonText(text: string, maskJson: (value: Json) => Json): string | undefined {
  try {
    const value = JSON.parse(text) as Json;
    const inside = maskJson(value);
    return inside === value ? text : JSON.stringify(inside);
  } catch {
    return undefined;
  }
}
