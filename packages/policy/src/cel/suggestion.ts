/** The end of a sentence about an unknown name: a full stop and, where there is one, the nearest valid name. */
export function endWithSuggestion(suggestion: string | undefined): string {
  return suggestion === undefined ? '.' : `. Did you mean "${suggestion}"?`;
}
