const atStart = /^\{"kind":"([^"\\]*)"/;
/** No kind's name is longer; what is looked at stays small however large the resource. */
const longestName = 300;

/**
 * The kind of a resource's JSON text without parsing it, where it stands first, as in snapshots; undefined otherwise:
 * the text then has to be parsed to tell.
 */
export function kindOf(text: string): string | undefined {
  return atStart.exec(text.slice(0, longestName))?.[1];
}
