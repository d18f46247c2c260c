import { describe, expect, test } from 'vitest';
import type { Environment } from '../estate.ts';
import { fillSettings } from './fill.ts';
import { findSecrets } from './secrets.ts';

const environment: Environment = {
  name: 'production-eu',
  dimensions: { stage: 'production', region: 'eu', compliance: ['gdpr'] },
  parameters: { cluster: 'wms-eu', port: 5432, isLive: true, hosts: ['a', 'b'], empty: null },
  tokens: {},
  criticality: 1,
  place: {},
};

describe('fillSettings', () => {
  test('fills texts and keeps the type of a parameter that stands alone', () => {
    const settings = {
      context: '{cluster}',
      url: 'https://{region}.example.com:{port}/{environment}',
      port: '{port}',
      live: '{isLive}',
      hosts: '{hosts}',
      compliance: '{compliance}',
      nested: [{ stage: '{stage}' }, 3, null],
      glob: 'deploy/{stage}/{a,b}/*.yaml',
      literal: '{{stage}} and {{ .Values.x }}',
    };
    expect(fillSettings(settings, environment)).toEqual({
      ok: true,
      value: {
        context: 'wms-eu',
        url: 'https://eu.example.com:5432/production-eu',
        port: 5432,
        live: true,
        hosts: ['a', 'b'],
        compliance: ['gdpr'],
        nested: [{ stage: 'production' }, 3, null],
        glob: 'deploy/production/{a,b}/*.yaml',
        literal: '{stage} and {{ .Values.x }}',
      },
    });
  });

  test('reports every faulty placeholder with what is allowed, at the place given', () => {
    const place = { file: 'leeway.yaml', line: 3 };
    const filled = fillSettings({ a: '{clustr}', b: ['x {hosts}', '{constructor}'] }, environment, place);
    expect(
      filled.ok
        ? []
        : filled.problems.map(({ code, message, hint, place: where }) => [code, message, hint.split('?')[0], where]),
    ).toEqual([
      ['LW1012', '{clustr} is not known in the environment production-eu.', 'Did you mean "cluster"', place],
      [
        'LW1024',
        'The parameter {hosts} is a list or map and cannot stand inside a text.',
        'Let it stand alone, as in "{hosts}", or give it a text or a number.',
        place,
      ],
      [
        'LW1012',
        '{constructor} is not known in the environment production-eu.',
        expect.stringContaining('Known: environment, stage, region'),
        place,
      ],
    ]);
  });
});

describe('findSecrets', () => {
  const find = (value: Parameters<typeof findSecrets>[0]) =>
    findSecrets(value, [], (pointer) => ({ pointer })).map(({ place }) => place?.pointer);

  test('finds secrets by the name of their field and in URLs', () => {
    expect(
      find({
        password: 'x',
        db_password: 'x',
        adminToken: 'x',
        apiKey: 'x',
        'client-secret': 'x',
        url: 'postgres://leeway:x@db/orders',
        list: [{ dsn: 'see mysql://a:b@c and more' }],
      }),
    ).toEqual(['/password', '/db_password', '/adminToken', '/apiKey', '/client-secret', '/url', '/list/0/dsn']);
  });

  test('leaves references and look-alikes alone', () => {
    expect(
      find({
        passwordFrom: 'PGPASSWORD',
        token: '{tokenVariable}',
        secret: '',
        tokens: ['a'],
        secretName: 'wms-tls',
        url: 'postgres://leeway@db/orders',
        template: 'https://u:{variable}@db',
        proxy: 'http://proxy:8080/path@x',
      }),
    ).toEqual([]);
  });

  test('never repeats the secret', () => {
    const problems = findSecrets({ password: 'hunter2', url: 'amqp://a:hunter2@b' }, [], () => undefined);
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
