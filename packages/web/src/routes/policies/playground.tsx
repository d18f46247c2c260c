import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, client } from '../../api/client.ts';
import type { PolicyEvaluation } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { environmentsQuery } from '../environments/route.ts';
import classes from './policies.module.css';

const route = getRouteApi('/shell/policies');

/** Evaluates an expression against what was really read; nothing is kept and nothing changes. */
export function Playground() {
  const search = route.useSearch();
  const { data: environments } = useQuery(environmentsQuery);
  const [expression, setExpression] = useState('has(resource.spec) && resource.spec.replicas > 1');
  const [environment, setEnvironment] = useState<string | null>(search.environment ?? null);
  const [kind, setKind] = useState(search.kind ?? 'apps/Deployment');
  const chosen = environment ?? environments?.items[0]?.name ?? null;
  const evaluation = useMutation({
    mutationFn: (on: string) =>
      answer(
        client.POST('/api/v1/policies/evaluation', {
          body: { expression, environment: on, kind, plane: 'observed', limit: 100 },
        }),
      ),
  });
  return (
    <div className={classes.playground}>
      <Textarea
        label="CEL expression"
        description="True where a resource meets it. The resource's attributes are under `resource`."
        value={expression}
        onChange={({ currentTarget }) => setExpression(currentTarget.value)}
        autosize
        minRows={4}
        spellCheck={false}
      />
      <div className={classes.inputs}>
        <Select
          label="Environment"
          data={environments?.items.map(({ name }) => name) ?? []}
          value={chosen}
          onChange={setEnvironment}
          allowDeselect={false}
        />
        <TextInput
          label="Kind"
          description="* as wildcard"
          inputWrapperOrder={['label', 'input', 'description']}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value)}
        />
        <Button
          disabled={chosen === null || expression.trim() === ''}
          loading={evaluation.isPending}
          onClick={() => chosen !== null && evaluation.mutate(chosen)}
        >
          Evaluate
        </Button>
      </div>
      {evaluation.error && <ProblemBox error={evaluation.error} />}
      {evaluation.data && <Outcome of={evaluation.data} />}
    </div>
  );
}

function Outcome({
  of: { fault, evaluated, passing, failing, milliseconds, results },
}: {
  readonly of: PolicyEvaluation;
}) {
  if (fault) {
    return (
      <div className={classes.fault} role="alert">
        {fault.line !== undefined &&
          `line ${fault.line}${fault.column === undefined ? '' : `, column ${fault.column}`}: `}
        {fault.message}
      </div>
    );
  }
  return (
    <>
      <p role="status">
        {evaluated.toLocaleString('en')} evaluated in {milliseconds.toFixed(1)} ms: {passing} meet it, {failing} do not.
      </p>
      {evaluated === 0 && <p>No resource of this kind was read in this environment.</p>}
      <DataTable
        label="Outcome by resource"
        columns={columns}
        items={results}
        keyOf={({ source, kind, key }) => `${source} ${kind} ${key}`}
      />
    </>
  );
}

const columns: readonly Column<PolicyEvaluation['results'][number]>[] = [
  {
    id: 'key',
    title: 'Resource',
    cell: ({ key, outcome }) => (
      <span className={classes.name}>
        <VerdictMark of={outcome === 'pass' ? 'clean' : outcome === 'fail' ? 'policy' : 'not-checked'} decorative />{' '}
        {key}
      </span>
    ),
  },
  { id: 'kind', title: 'Kind', cell: ({ kind }) => <code>{kind}</code>, width: '26%' },
  {
    id: 'outcome',
    title: 'Outcome',
    cell: ({ outcome, message }) => message ?? (outcome === 'pass' ? 'meets it' : 'does not meet it'),
    width: '34%',
  },
];
