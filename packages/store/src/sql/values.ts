/** PostgreSQL's text holds neither U+0000 nor half a surrogate pair; JSON columns do, as escapes. */
export function textValue(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** ISO 8601 in UTC with milliseconds, whatever precision came in. */
export function timeValue(time: string): string {
  return new Date(time).toISOString();
}

/** Puts byte strings one behind the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** Cuts a list into runs of at most `limit`. */
export function* runsOf<T>(items: readonly T[], limit: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += limit) yield items.slice(at, at + limit);
}
