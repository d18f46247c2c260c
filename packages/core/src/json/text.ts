/** Most lists sorted here are short and nearly in order: insertion sort is then several times faster than Array.sort. */
const longestInsertionSort = 40;

/** Sorts texts by code units, in place. */
export function sortTexts(texts: string[]): string[] {
  if (texts.length > longestInsertionSort) return texts.sort(compareCodeUnits);
  for (let at = 1; at < texts.length; at++) {
    const text = texts[at] as string;
    let to = at;
    while (to > 0 && (texts[to - 1] as string) > text) {
      texts[to] = texts[to - 1] as string;
      to--;
    }
    texts[to] = text;
  }
  return texts;
}

/** Order of UTF-16 code units: the same on every machine, whatever its locale. */
export function compareCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON has to escape.
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A JSON string literal. */
export function quote(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}
