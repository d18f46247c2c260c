import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile } from '@leeway/connector-kit/testing/recording.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const configuration = file('alertmanager.yml');
const server: Scenario = {
  name: 'a running server',
  settings: { url: 'http://alertmanager.test/', tokenFrom: 'TOKEN' },
  variables: { TOKEN: marker },
  recordings: RecordingFile.parse(JSON.parse(file('server.json'))).recordings,
};
const declared: Scenario = {
  name: 'its configuration',
  settings: { files: '*.yml' },
  files: { 'alertmanager.yml': configuration },
};

testConnector('alertmanager', connector, {
  secrets: [marker],
  scenarios: [server, declared],
  failures: [
    { name: 'another document', settings: { files: '*.yml' }, files: { 'a.yml': 'a: 1' }, codes: ['LW2009'] },
    { name: 'a credential that is not set', settings: server.settings, codes: ['LW3055'] },
  ],
});

async function read(scenario: Scenario): Promise<ReadonlyMap<string, Resource>> {
  const run = await runScenario(connector, scenario);
  return new Map(run.resources.map((resource) => [`${resource.kind} ${resource.key}`, resource]));
}

function differences(left: ReadonlyMap<string, Resource>, right: ReadonlyMap<string, Resource>): readonly string[] {
  const kinds = indexKinds(connector.kinds);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const [before, after] = [left.get(name), right.get(name)];
    if (!before || !after) return [`${before ? '-' : '+'} ${name}`];
    return compareAttributes(kinds.find(before.kind), before.attributes, after.attributes).map(
      ({ path }) => name + path,
    );
  });
}

describe('a configuration', () => {
  it('is the same in a server that runs it', async () => {
    expect(differences(await read(declared), await read(server))).toEqual([
      '+ alertmanager.silence alertname="EdiSilent"',
    ]);
  });

  it.each([
    ['a receiver', 'receiver: pager\n', 'receiver: operations\n', 'alertmanager.route root > severity="page"/receiver'],
    [
      'the order',
      '      continue: true',
      '      continue: false',
      'alertmanager.route root > severity="page"/continue',
    ],
    ['a hook', '/hook/', '/other/', 'alertmanager.receiver pager/integrations'],
    ['an inhibition', 'severity="ticket"', 'severity="info"', '- alertmanager.inhibition'],
    ['an interval', "'22:00'", "'20:00'", 'alertmanager.time-interval nights'],
  ])('differs by %s', async (_, from, to, found) => {
    expect(configuration).toContain(from);
    const changed = await read({ ...declared, files: { 'a.yml': configuration.replace(from, to) } });
    expect(differences(await read(declared), changed).join('\n')).toContain(found);
  });

  it('reads matchers in either form as the same', async () => {
    const older = configuration.replace(`matchers: ['severity="page"']`, 'match: {severity: page}');
    expect(differences(await read(declared), await read({ ...declared, files: { 'a.yml': older } }))).toEqual([]);
  });

  it('is recognised by its sections', () => {
    expect(connector.standalone?.({ paths: ['a.yml'], head: configuration })?.confidence).toBe(0.9);
    expect(connector.standalone?.({ paths: ['a.yml'], head: 'a: 1' })?.confidence).toBe(0);
  });
});
