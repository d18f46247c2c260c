/** Values kept by key, the longest unused one first to go once their sizes come to more than `limit`. */
export class Recent<T> {
  readonly #limit: number;
  readonly #sizeOf: (value: T) => number;
  readonly #kept = new Map<string, T>();
  #size = 0;

  constructor(limit: number, sizeOf: (value: T) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  get(key: string): T | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  /** Keeps a value; one larger than all that may be kept is kept alone, so that its pages can be read. */
  set(key: string, value: T): void {
    this.delete(key);
    this.#kept.set(key, value);
    this.#size += this.#sizeOf(value);
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const found = this.#kept.get(key);
    if (found === undefined) return;
    this.#kept.delete(key);
    this.#size -= this.#sizeOf(found);
  }
}
