/**
 * Remembers the results of a pure function of a text. Networks, patterns and policy documents recur by the thousand in an
 * estate; the oldest make room.
 */
export function rememberByText<T>(compute: (text: string) => T, most: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const fresh = compute(text);
    const oldest = known.size >= most ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    known.set(text, fresh);
    return fresh;
  };
}

/**
 * Remembers the last result of a pure function of an object: all policies of one resource are evaluated in a row. (A
 * WeakMap of every resource costs the garbage collector more than the function.)
 */
export function rememberLast<T>(compute: (object: object) => T): (object: object) => T {
  let last: object | undefined;
  let result: T;
  return (object) => {
    if (object !== last) {
      result = compute(object);
      last = object;
    }
    return result;
  };
}
