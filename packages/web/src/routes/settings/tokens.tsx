import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { meQuery } from '../../api/queries.ts';
import type { ApiToken, Me } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Part } from '../../components/screen.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useMayDo } from '../../shell/session.ts';
import { tokensQuery } from './queries.ts';
import classes from './settings.module.css';

/** API tokens: made here, shown once, known by their hash. */
export function Tokens() {
  const queries = useQueryClient();
  const { data, error } = useQuery(tokensQuery);
  const revoke = useMutation({
    mutationFn: (id: string) => answer(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <>
      <Part title="Make a token">
        <MakeToken />
      </Part>
      <Part title="Tokens">
        {error && <ProblemBox error={error} />}
        {revoke.error && <ProblemBox error={revoke.error} />}
        {!data && !error && <TextSkeleton label="Loading the tokens" />}
        {data?.items.length === 0 && (
          <EmptyState title="There is no token">
            A pipeline or a script calls the API with one: it carries no more than you choose, and ends on its day.
          </EmptyState>
        )}
        {data && data.items.length > 0 && (
          <DataTable
            label="API tokens"
            columns={columnsFor((id) => revoke.mutate(id))}
            items={data.items}
            keyOf={({ id }) => id}
          />
        )}
      </Part>
    </>
  );
}

function columnsFor(onRevoke: (id: string) => void): readonly Column<ApiToken>[] {
  return [
    {
      id: 'name',
      title: 'Token',
      cell: ({ name, prefix }) => (
        <>
          {name} <code>{prefix}…</code>
        </>
      ),
      width: '24%',
    },
    {
      id: 'owner',
      title: 'Owner',
      cell: ({ owner, kind }) => (kind === 'machine' ? `machine, by ${owner}` : owner),
      width: '16%',
    },
    {
      id: 'may',
      title: 'May',
      cell: ({ permissions, environments }) =>
        `${permissions.join(', ')}${environments.length > 0 ? ` in ${environments.join(', ')}` : ''}`,
    },
    {
      id: 'used',
      title: 'Used',
      cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? 'never' : <RelativeTime at={lastUsedAt} />),
      width: '12%',
    },
    {
      id: 'ends',
      title: 'Ends',
      cell: ({ expiresAt, revokedAt }) => (revokedAt === undefined ? <RelativeTime at={expiresAt} /> : 'revoked'),
      width: '12%',
    },
    {
      id: 'act',
      title: '',
      cell: ({ id, name, revokedAt }) =>
        revokedAt === undefined && (
          <Button variant="default" size="compact-xs" aria-label={`Revoke ${name}`} onClick={() => onRevoke(id)}>
            Revoke
          </Button>
        ),
      width: '10%',
    },
  ];
}

function MakeToken() {
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const mayMachine = useMayDo('tokens:manage');
  const [name, setName] = useState('');
  const [days, setDays] = useState(30);
  const [isMachine, setMachine] = useState(false);
  const [scope, setScope] = useState('');
  const [chosen, setChosen] = useState<readonly Permission[]>(['findings:read']);
  const make = useMutation({
    mutationFn: () =>
      answer(
        client.POST('/api/v1/tokens', {
          body: {
            name,
            days,
            kind: isMachine ? 'machine' : 'personal',
            permissions: [...chosen],
            environments: scope.split(/[\s,]+/).filter(Boolean),
          },
        }),
      ),
    onSuccess: () => {
      setName('');
      return queries.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="Name"
        description="What it is for"
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NumberInput
        label="Days"
        description="Until it ends"
        min={1}
        max={366}
        value={days}
        onChange={(value) => setDays(Number(value) || 1)}
        size="xs"
      />
      <TextInput
        label="Only in"
        description="Environments, * as wildcard; empty for all of yours"
        value={scope}
        onChange={({ currentTarget }) => setScope(currentTarget.value)}
      />
      {mayMachine && (
        <Checkbox
          label="For a machine: it stays when you leave"
          checked={isMachine}
          onChange={({ currentTarget }) => setMachine(currentTarget.checked)}
        />
      )}
      <Permissions held={me?.permissions ?? []} chosen={chosen} onChoose={setChosen} />
      <Button type="submit" loading={make.isPending} disabled={chosen.length === 0}>
        Make the token
      </Button>
      {make.error && <ProblemBox error={make.error} />}
      {make.data && (
        <p role="status" className={classes.secret}>
          This is shown once: <Identifier value={make.data.secret} label="token" />
        </p>
      )}
    </form>
  );
}

type Permission = Me['permissions'][number];

interface PermissionsProps {
  readonly held: readonly Permission[];
  readonly chosen: readonly Permission[];
  readonly onChoose: (chosen: readonly Permission[]) => void;
}

/** What a token may do: some of what its maker may. */
function Permissions({ held, chosen, onChoose }: PermissionsProps) {
  return (
    <Checkbox.Group
      label="May"
      value={[...chosen]}
      onChange={(values) => onChoose(held.filter((each) => values.includes(each)))}
    >
      <div className={classes.permissions}>
        {held.map((permission) => (
          <Checkbox key={permission} value={permission} label={permission} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
