/** One way for a file to be bad. */
export interface FileFault {
  readonly name: FileFaultName;
  /** The file's bytes in their bad form; undefined where this fault does not apply to this file. */
  damage(bytes: Uint8Array, path: string): Uint8Array | undefined;
}

export type FileFaultName = 'missing' | 'empty' | 'truncated' | 'broken' | 'binary' | 'alias bomb' | 'deep';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const isYaml = (path: string) => /\.ya?ml$/.test(path);
const isJson = (path: string) => /\.(json|tfstate|tfplan)$/.test(path);

/** Ten levels of nine aliases each: three billion values in under a kilobyte. */
function aliasBomb(): string {
  const levels = ['a0: &a0 ["x","x","x","x","x","x","x","x","x"]'];
  for (let level = 1; level < 10; level += 1) {
    const previous = Array(9)
      .fill(`*a${level - 1}`)
      .join(',');
    levels.push(`a${level}: &a${level} [${previous}]`);
  }
  return `${levels.join('\n')}\n`;
}

/**
 * Every bad file each connector is held to: each gives a notice LW2xxx that names the file, and no `complete`.
 * Truncated or empty text is only certain to be bad in JSON; connectors whose formats tell more may say so per scenario.
 */
export const fileFaults: readonly FileFault[] = [
  { name: 'missing', damage: (bytes) => bytes },
  { name: 'empty', damage: (_, path) => (isJson(path) ? new Uint8Array() : undefined) },
  {
    name: 'truncated',
    damage: (bytes, path) => (isJson(path) ? bytes.subarray(0, Math.floor(bytes.length / 2)) : undefined),
  },
  {
    name: 'broken',
    damage: (_, path) =>
      isYaml(path) || isJson(path) ? bytesOf('good: 1\nlist: [1, 2\nother: "unclosed\n') : undefined,
  },
  { name: 'binary', damage: () => Uint8Array.from({ length: 512 }, (_, index) => (index * 37 + 128) & 0xff) },
  { name: 'alias bomb', damage: (_, path) => (isYaml(path) ? bytesOf(aliasBomb()) : undefined) },
  {
    name: 'deep',
    damage: (_, path) =>
      isYaml(path) || isJson(path) ? bytesOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) : undefined,
  },
];
