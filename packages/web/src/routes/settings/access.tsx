import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { meQuery } from '../../api/queries.ts';
import type { Grant, PersonRow, ServerSettings } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useMayDo } from '../../shell/session.ts';
import { peopleQuery } from './queries.ts';
import classes from './settings.module.css';

/** Who may sign in, with which roles, and what one's own are. */
export function Access({ settings }: { readonly settings: ServerSettings | undefined }) {
  const { data: me } = useQuery(meQuery);
  const mayManage = useMayDo('access:manage');
  return (
    <>
      <Part title="You">
        {me ? (
          <Facts
            of={[
              ['Name', me.person.name],
              ['Roles', me.grants.map(grantText).join('; ') || 'none'],
              ['May', me.permissions.join(', ') || 'nothing'],
            ]}
          />
        ) : (
          <TextSkeleton label="Loading who you are" />
        )}
      </Part>
      {settings && (
        <Part title="Sign-in">
          <Facts
            of={[
              [
                'Single sign-on',
                settings.signIn.oidc
                  ? `${settings.signIn.oidc.title}, ${settings.signIn.oidc.issuer}`
                  : 'not set up: declare signIn.oidc in the file',
              ],
              ['Local accounts', settings.signIn.local ? 'there are some: they are for the first set-up' : 'none'],
            ]}
          />
          {settings.signIn.groups.length > 0 && (
            <DataTable
              label="Groups and roles"
              columns={[
                { id: 'group', title: 'Group', cell: ({ group }) => group, width: '40%' },
                { id: 'roles', title: 'Roles', cell: ({ grants }) => grants.map(grantText).join('; ') },
              ]}
              items={settings.signIn.groups}
              keyOf={({ group }) => group}
            />
          )}
        </Part>
      )}
      {mayManage && <People />}
    </>
  );
}

export function grantText({ role, environments, workloads }: Grant): string {
  const where = [...(environments ?? []), ...(workloads ?? [])];
  return where.length === 0 ? role : `${role} in ${where.join(', ')}`;
}

function People() {
  const { data, error } = useQuery(peopleQuery);
  const queries = useQueryClient();
  const disable = useMutation({
    mutationFn: (id: string) => answer(client.DELETE('/api/v1/people/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  });
  return (
    <>
      <Part title="People">
        {error && <ProblemBox error={error} />}
        {disable.error && <ProblemBox error={disable.error} />}
        {data && (
          <DataTable
            label="People"
            columns={peopleColumns((id) => disable.mutate(id))}
            items={data.items}
            keyOf={({ person }) => person.id}
          />
        )}
      </Part>
      <Part title="Add a local account">
        <AddAccount />
      </Part>
    </>
  );
}

function peopleColumns(onDisable: (id: string) => void): readonly Column<PersonRow>[] {
  return [
    { id: 'name', title: 'Name', cell: ({ person }) => person.name, width: '24%' },
    {
      id: 'how',
      title: 'Signs in',
      cell: ({ local, disabled }) => (disabled ? 'no more' : local ? 'with a local account' : 'by single sign-on'),
      width: '20%',
    },
    { id: 'roles', title: 'Roles', cell: ({ grants }) => grants.map(grantText).join('; ') },
    {
      id: 'seen',
      title: 'Seen',
      cell: ({ lastSeenAt }) => (lastSeenAt === undefined ? 'never' : <RelativeTime at={lastSeenAt} />),
      width: '14%',
    },
    {
      id: 'act',
      title: '',
      cell: ({ person, disabled }) =>
        !disabled && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => onDisable(person.id.replace(/^person:/, ''))}
            aria-label={`End the account of ${person.name}`}
          >
            End
          </Button>
        ),
      width: '10%',
    },
  ];
}

const roles = ['viewer', 'operator', 'application-owner', 'approver', 'security', 'admin'] as const;

function AddAccount() {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('viewer');
  const [scope, setScope] = useState('');
  const add = useMutation({
    mutationFn: () =>
      answer(
        client.POST('/api/v1/people', {
          body: { name, password, role, environments: scope.split(/[\s,]+/).filter(Boolean), workloads: [] },
        }),
      ),
    onSuccess: () => {
      setName('');
      setPassword('');
      return queries.invalidateQueries({ queryKey: ['people'] });
    },
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label="Name"
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        autoComplete="off"
      />
      <PasswordInput
        label="Password"
        description="12 characters or more"
        required
        minLength={12}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        autoComplete="new-password"
        size="xs"
      />
      <Select
        label="Role"
        data={[...roles]}
        value={role}
        allowDeselect={false}
        onChange={(value) => setRole(roles.find((one) => one === value) ?? 'viewer')}
      />
      <TextInput
        label="Only in"
        description="Environments, * as wildcard; empty for all"
        value={scope}
        onChange={({ currentTarget }) => setScope(currentTarget.value)}
      />
      <Button type="submit" loading={add.isPending}>
        Add the account
      </Button>
      {add.error && <ProblemBox error={add.error} />}
      {add.isSuccess && <p role="status">The account of {add.data.name} is there.</p>}
    </form>
  );
}
