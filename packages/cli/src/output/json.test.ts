import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { approvedCategories, layers, severities, verdicts } from '@leeway/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { renderJson } from './json.ts';
import { clean, hostile, northwind, twoFiles } from './testing/northwind.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const render = (report: typeof northwind) => [...renderJson(report)].join('');

describe('json', () => {
  it.each([northwind, clean, twoFiles, hostile])('is what the schema says (%#)', (report) => {
    validate(JSON.parse(render(report)));
    expect(validate.errors).toBeNull();
  });

  it('keeps the schema equal to the vocabulary of the core', () => {
    const defs = schema.$defs;
    expect(defs.verdict.enum).toEqual([...verdicts]);
    expect(defs.severity.enum).toEqual([...severities]);
    expect(defs.layer.enum).toEqual([...layers]);
    expect(defs.category.enum).toEqual([...approvedCategories]);
  });

  it('holds no measured time, so that two runs compare equal', () => {
    const slower = { ...northwind, sources: northwind.sources.map((each) => ({ ...each, milliseconds: 99_999 })) };
    expect(render(slower)).toBe(render(northwind));
  });

  it('gives hostile text back unchanged to a program and harmless to a terminal', () => {
    const text = render(hostile);
    expect(JSON.parse(text).findings[0].actual.value).toBe(hostile.findings[0]?.actual.value);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });

  it('names the findings of a group instead of repeating them', () => {
    const parsed = JSON.parse(render(northwind));
    const named = parsed.groups.flatMap((group: { findings: string[] }) => group.findings);
    expect(named.toSorted()).toEqual(northwind.findings.map((found) => found.fingerprint).toSorted());
  });
});
