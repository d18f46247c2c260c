import { isJsonArray, isJsonObject, type Json } from '@leeway/core';

const longest = 60;

/** Names a value in a message. Texts are quoted and cut short, and a password in a URL is left out. */
export function describeFound(value: Json): string {
  if (value === null) return 'empty';
  if (isJsonArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a map';
  if (typeof value !== 'string') return String(value);
  const shown = hideCredentials(value);
  return `"${shown.length > longest ? `${shown.slice(0, longest)}…` : shown}"`;
}

const credentials = /([A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]*@/g;

/** The text with the passwords of its URLs left out. */
export function hideCredentials(text: string): string {
  return text.replaceAll(credentials, '$1:…@');
}

/** True when a URL in the text carries a password that is not a `{parameter}`. */
export function hasCredentials(text: string): boolean {
  for (const [url] of text.matchAll(credentials)) if (!/:\{\w+\}@$/.test(url)) return true;
  return false;
}
