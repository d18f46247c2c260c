import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { EntryFrame } from '../../components/entry-frame.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';

const route = getRouteApi('/set-up');
const shortest = 12;

/** The one-time link of a fresh server: makes its first administrator. */
export function SetUpScreen() {
  const { link } = route.useSearch();
  return (
    <EntryFrame title="Set up this server">
      {link === undefined ? (
        <p>
          The address lacks its one-time link. Open it whole, as <code>leeway serve</code> printed it.
        </p>
      ) : (
        <FirstAdministrator link={link} />
      )}
    </EntryFrame>
  );
}

function FirstAdministrator({ link }: { readonly link: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const setUp = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/session/set-up', { body: { link, name, password } })),
    onSuccess() {
      queries.clear();
      void navigate({ to: '/', replace: true });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setUp.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p>You become its administrator. Others sign in as server.yaml says; this account stays for emergencies.</p>
      <TextInput
        size="sm"
        label="Name"
        description="As approved differences and the audit log will show it."
        autoComplete="username"
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        description={`At least ${shortest} characters.`}
        autoComplete="new-password"
        required
        minLength={shortest}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {setUp.error && <ProblemBox error={setUp.error} />}
      <Button type="submit" size="sm" fullWidth loading={setUp.isPending}>
        Become administrator
      </Button>
    </form>
  );
}
