import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { signInWaysQuery } from '../../api/queries.ts';
import { EntryFrame } from '../../components/entry-frame.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { ownAddress } from './own-address.ts';

const route = getRouteApi('/sign-in');

/** The ways into this server; where one came from is where one goes back to. */
export function SignInScreen() {
  const { to } = route.useSearch();
  const { data: ways, error, refetch } = useQuery(signInWaysQuery);
  const target = ownAddress(to);
  return (
    <EntryFrame title="Sign in">
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!ways && !error && <TextSkeleton lines={3} label="Loading the ways to sign in" />}
      {ways?.oidc && (
        <Button component="a" size="sm" fullWidth href={`${ways.oidc.url}?to=${encodeURIComponent(target)}`}>
          Sign in with {ways.oidc.title}
        </Button>
      )}
      {ways?.local && <LocalSignIn target={target} lone={!ways.oidc} />}
      {ways?.setUp && (
        <p>
          This server waits for its first administrator. Open the one-time link that <code>leeway serve</code> printed
          when it started.
        </p>
      )}
      {ways && !ways.oidc && !ways.local && !ways.setUp && (
        <p>No way to sign in is set up. Declare one in server.yaml beside leeway.yaml and start the server again.</p>
      )}
    </EntryFrame>
  );
}

function LocalSignIn({ target, lone }: { readonly target: string; readonly lone: boolean }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/session', { body: { name, password } })),
    onSuccess() {
      queries.clear();
      router.history.push(target);
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        size="sm"
        label="Name"
        autoComplete="username"
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {signIn.error && <ProblemBox error={signIn.error} />}
      <Button type="submit" size="sm" fullWidth variant={lone ? 'filled' : 'default'} loading={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
