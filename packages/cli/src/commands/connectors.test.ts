import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layers } from '@leeway/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { listAllConnectors } from '../compose/estate-only.ts';
import { run } from '../testing/run.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/connectors.schema.json'), 'utf8'));

describe('leeway connectors', () => {
  it('says of every real connector as JSON what the schema says', async () => {
    const { code, stdout } = await run(['connectors', '--format', 'json'], {
      useCases: { listConnectors: listAllConnectors },
    });
    const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);
    const printed = JSON.parse(stdout);
    validate(printed);
    expect(validate.errors).toBeNull();
    expect(code).toBe(0);
    expect(printed.connectors.length).toBeGreaterThan(20);
    const states = printed.connectors.map((each: { verification: { state: string } }) => each.verification.state);
    expect(new Set(states)).toEqual(new Set(['verified', 'built-to-published-api']));
    expect(schema.$defs.layer.enum).toEqual([...layers]);
  });

  it('lists them with the number of their kinds and what each was tried against', async () => {
    const { stdout } = await run(['connectors']);
    expect(stdout).toMatch(/^connector\s+kinds\s+reads/);
    expect(stdout).toMatch(/terraform\s+1\s+States and plans\. Verified against Terraform 1\.11\./);
    expect(stdout).toMatch(/odoo\s+0\s+Settings\. Built to the JSON-RPC of Odoo; not yet run against/);
  });

  it('shows the kinds and permissions of those that are named', async () => {
    const { stdout } = await run(['connectors', 'terraform']);
    expect(stdout).toMatch(/terraform\.\*\s+network\s+resource/);
    expect(stdout).not.toContain('Odoo');
    expect((await run(['connectors', 'odoo'])).stdout).toContain('read on ir.config_parameter');
    const json = await run(['connectors', 'odoo', '--format', 'json']);
    expect(JSON.parse(json.stdout).connectors).toHaveLength(1);
  });

  it('names the nearest for one that is not there', async () => {
    const { code, stdout, stderr } = await run(['connectors', 'terrafrom']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('LW7025');
    expect(stderr).toContain('terraform');
  });
});
