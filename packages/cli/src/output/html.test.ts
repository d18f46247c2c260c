import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderHtml } from './html.ts';
import { escapeHtml, html } from './html-text.ts';
import { hostile, northwind } from './testing/northwind.ts';

const render = (given: typeof northwind) =>
  [...renderHtml(given, { width: 80, colour: false, showApproved: false, version: '0.1.0' })].join('');

describe('html', () => {
  const page = render(northwind);

  it('allows itself nothing but its own style and script', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    for (const [tag, directive] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ] as const) {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '';
      expect(policy).toContain(`${directive} 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
  });

  it('asks for nothing from anywhere', () => {
    expect(page).not.toMatch(/\b(?:src|href|action|srcset)=|url\(|@import|https?:\/\//);
  });

  it('has no inline handlers or styles, which the policy would block', () => {
    expect(page.replace(/<script>[\s\S]*<\/script>/, '')).not.toMatch(/\son\w+=|\sstyle=/);
  });

  it('escapes whatever a system calls itself', () => {
    const text = render(hostile);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toMatch(/<img|<b>x|onerror=alert\(1\)>/);
    expect(text).toContain('prod&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    const tags = text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').match(/<\/?([a-z0-9]+)/g) ?? [];
    expect(
      [...new Set(tags.map((tag) => tag.replace(/<\/?/, '')))].filter(
        (tag) => /img|iframe|svg|object|embed|link|a$/.test(tag) && tag !== 'meta',
      ),
    ).toEqual([]);
  });

  it('labels what a screen reader needs', () => {
    expect(page).toMatch(/<html lang="en">/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<(?:select|input)[^>]*>/g)?.length).toBe(page.match(/<label/g)?.length);
    expect(page).toMatch(/<output id="count" aria-live="polite">10 rows<\/output>/);
  });
});

describe('html template', () => {
  it('escapes text and keeps markup of its own', () => {
    expect(html`<p title="${'"x" \'y\''}">${html`<b>${'<i>'}</b>`}</p>`.text).toBe(
      '<p title="&quot;x&quot; &#39;y&#39;"><b>&lt;i&gt;</b></p>',
    );
    expect(escapeHtml('\u001b`')).toBe('\\x1b&#96;');
  });
});
