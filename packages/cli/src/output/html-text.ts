import { makeVisible } from './text.ts';

/** Markup that is safe to write as it is. Only {@link html} and {@link raw} make it, so that no value slips in unescaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text for HTML content and quoted attributes; control and direction-changing characters become visible. */
export function escapeHtml(text: string): string {
  return makeVisible(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? character);
}

type Part = string | Html | readonly Html[];

function write(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part);
  return part instanceof Html ? part.text : part.map((each) => each.text).join('');
}

/** Template of markup: every text put into it is escaped, markup made by this function is not. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((text, index) => text + (index < parts.length ? write(parts[index] ?? '') : '')).join(''),
  );
}

/** The program's own markup, style or script. Never for anything that was read from a system. */
export function raw(text: string): Html {
  return new Html(text);
}
