/** The value of a JSON text. Throws without quoting the text, as the parser's own message would. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the text is not JSON');
  }
}
