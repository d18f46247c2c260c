import { isJsonArray, isJsonObject, type Json, type Place, type Problem, problem } from '@leeway/core';
import { pointerOf } from '@leeway/formats';
import { hasCredentials } from '../text/found.ts';

/** Fields whose value is a secret by their name. Those that end in `From` name an environment variable instead. */
const secretField =
  /^(?:.*[_-])?(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret)$/i;
const camelSecret = /(?:Password|Passphrase|Secret|Token|ApiKey|AccessKey|PrivateKey)$/;

/** Texts that stand for a secret without holding it. */
const reference = /^\{\w+\}$|^$/;

/** Secrets written into settings or parameters: LW1013 for each, without repeating it. */
export function findSecrets(
  value: Json,
  path: readonly string[],
  placeOf: (pointer: string) => Place | undefined,
): readonly Problem[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => findSecrets(item, [...path, String(index)], placeOf));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([key, item]) => findSecrets(item, [...path, key], placeOf));
  const field = path.at(-1) ?? '';
  if (typeof value !== 'string') return [];
  const isNamed = (secretField.test(field) || camelSecret.test(field)) && !reference.test(value);
  if (!isNamed && !hasCredentials(value)) return [];
  const instead = isNamed
    ? `${field}From: VARIABLE`
    : 'leave the password out of the URL and add passwordFrom: VARIABLE';
  return [problem('LW1013', { field, instead }, placeOf(pointerOf(path)))];
}
