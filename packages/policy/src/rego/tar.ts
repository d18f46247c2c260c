const blockBytes = 512;

/**
 * Regular files of a POSIX ustar archive by name, without leading `./` or `/`; undefined when it is not one or is cut
 * off. Reads what `opa build` writes: short names, no sparse files; other entry types are passed over.
 */
export function readTar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  while (at + blockBytes <= bytes.length) {
    const header = bytes.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) return files;
    const size = Number.parseInt(readText(header, 124, 12), 8);
    const end = at + blockBytes + size;
    if (!(size >= 0) || end > bytes.length) return undefined;
    const type = header[156];
    const isFile = type === 0 || type === 0x30;
    if (isFile) files.set(readText(header, 0, 100).replace(/^\.?\/+/, ''), bytes.subarray(at + blockBytes, end));
    at = end + ((blockBytes - (size % blockBytes)) % blockBytes);
  }
  return at === bytes.length && files.size > 0 ? files : undefined;
}

function readText(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? field : field.subarray(0, end)).trim();
}
