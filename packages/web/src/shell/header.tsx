import { ActionIcon, Kbd, Menu, Skeleton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, client } from '../api/client.ts';
import type { Connection } from '../api/events.ts';
import { meQuery } from '../api/queries.ts';
import { Icon } from '../components/icon.tsx';
import classes from './header.module.css';

const searchKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';

/** Which estate this is, at which revision, whether the page is told of changes, and who is signed in. */
export function Header(props: {
  readonly connection: Connection;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}) {
  return (
    <header className={classes.header}>
      <EstateName />
      <button
        type="button"
        className={classes.search}
        onClick={props.onSearch}
        aria-label={`Go to… ${searchKey}`}
        title="Search and go to anything"
      >
        <Icon name="search" size={14} />
        <span>Go to…</span>
        <Kbd size="xs">{searchKey}</Kbd>
      </button>
      <ConnectionState connection={props.connection} />
      <ThemeSwitch />
      <PersonMenu onHelp={props.onHelp} />
    </header>
  );
}

function EstateName() {
  const { data } = useQuery(meQuery);
  if (!data) return <Skeleton width={180} height={12} aria-label="Loading the estate's name" role="status" />;
  const { title, revision, isExample } = data.estate;
  const short = /^[0-9a-f]{12,}$/.test(revision) ? revision.slice(0, 8) : revision;
  return (
    <div className={classes.estate}>
      <strong>{title}</strong>
      <span className={classes.revision} title={`Revision of the estate: ${revision}`}>
        {short}
      </span>
      {isExample && <span className={classes.example}>example estate</span>}
    </div>
  );
}

const connections: Readonly<Record<Connection, readonly [label: string, why: string]>> = {
  connecting: ['connecting', 'Connecting to the server.'],
  live: ['live', 'The server tells this page when something moved.'],
  asking: ['asking', 'No stream of events can be had; this page asks every half minute.'],
  lost: ['offline', 'The server is not reached. What you see was read before.'],
};

function ConnectionState({ connection }: { readonly connection: Connection }) {
  const [label, why] = connections[connection];
  return (
    <span
      className={classes.connection}
      data-state={connection}
      title={why}
      role="status"
      aria-label={`Connection: ${label}. ${why}`}
    >
      <span className={classes.dot} />
      <span className={classes.connectionLabel}>{label}</span>
    </span>
  );
}

function ThemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      onClick={() => setColorScheme(next)}
      aria-label={`Use the ${next} theme`}
      title={`Use the ${next} theme`}
    >
      <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}

function PersonMenu({ onHelp }: { readonly onHelp: () => void }) {
  const { data } = useQuery(meQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/session')),
    async onSuccess({ next }) {
      // The identity provider ends its own session too; it sends back here.
      if (next !== undefined) return location.assign(next);
      await navigate({ to: '/sign-in' });
      queries.clear();
    },
  });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon aria-label={data ? `Signed in as ${data.person.name}` : 'Account'} title={data?.person.name ?? ''}>
          <Icon name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {data && (
          <div className={classes.who}>
            <strong>{data.person.name}</strong>
            <span>{[...new Set(data.grants.map(({ role }) => role))].join(', ') || 'no role'}</span>
            <span>Leeway {data.version}</span>
          </div>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="keyboard" size={14} />}
          onClick={onHelp}
          rightSection={<Kbd size="xs">?</Kbd>}
        >
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="back" size={14} />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
