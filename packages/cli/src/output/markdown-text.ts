import { makeVisible } from './text.ts';

/**
 * Prose for GitHub-flavoured Markdown: no structure, HTML, link, mention or reference survives in it. Punctuation that
 * CommonMark lets a backslash escape is escaped where it could mean something; `@` and `#` are followed by a zero-width
 * space, because mentions and issue references are found after Markdown was rendered.
 */
export function escapeMarkdown(text: string): string {
  return makeVisible(text)
    .replace(/[\\`*_{}[\]()~|!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#](?=\w)/g, '$&\u200b')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '$&\u200b')
    .replace(/^(\s*)([-+=]|\d+[.)])/, '$1\u200b$2');
}

/** A code span: its text is taken literally by Markdown. The fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const content = makeVisible(text);
  if (content.trim() === '') return '` `';
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(content) ? ' ' : '';
  return `${fence}${space}${content}${space}${fence}`;
}

/** A cell of a table: pipes end cells even inside code spans, unless escaped. */
export function tableCell(markdown: string): string {
  return markdown.replace(/\\*\|/g, '\\|');
}
