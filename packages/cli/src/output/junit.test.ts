import { problem } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { escapeXml, renderJunit } from './junit.ts';
import { report } from './testing/build.ts';
import { clean, northwind } from './testing/northwind.ts';

const render = (given: typeof northwind) => [...renderJunit(given)].join('');
const suiteOf = (text: string, name: string) =>
  text.match(new RegExp(`<testsuite name="${name}"[\\s\\S]*?</testsuite>`))?.[0] ?? '';

describe('junit', () => {
  it('has a suite for every environment, and cases even when all is well', () => {
    const text = render(clean);
    for (const { name } of clean.environments) expect(text).toContain(`<testsuite name="${name}"`);
    expect(text).toMatch(/<testsuites [^>]*tests="6" failures="0" errors="0" skipped="1"/);
  });

  it('makes not checked an error, approved skipped, pending a pass with a note', () => {
    const text = render(northwind);
    expect(suiteOf(text, 'production-us')).toMatch(/<error type="not-checked" message="Roles in/);
    expect(suiteOf(text, 'staging-eu')).toMatch(
      /<skipped message="Deployment wms-api has 2 replicas[^"]*Staging runs at a third/,
    );
    expect(suiteOf(text, 'production-eu')).toMatch(/<system-out>Deployment portal-web is to have 6/);
    expect(text).toMatch(/<testsuites [^>]*failures="10" errors="3" skipped="1"/);
  });

  it('leaves no finding out, also one that belongs to no environment', () => {
    const [first] = northwind.findings;
    const expired = { ...first!, environment: 'estate', verdict: 'expired' as const };
    expect(suiteOf(render(report({ findings: [expired] })), 'estate')).toContain('type="expired"');
  });

  it('reports errors of configuration', () => {
    expect(render(report({ problems: [problem('LW2001', { file: 'a.yaml' })], exitCode: 1 }))).toContain(
      '<error type="LW2001"',
    );
  });

  it('writes no character XML forbids', () => {
    expect(escapeXml('a\u0000<b>&"\u001b]]>\ufffe')).toBe('a\\x00&lt;b&gt;&amp;&quot;\\x1b]]&gt;\\ufffe');
  });
});
