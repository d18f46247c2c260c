import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Connection, followEstate } from '../api/events.ts';
import { useKeyboard, useShortcuts } from '../keyboard/use-shortcuts.ts';
import { BottomBar } from './bottom-bar.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ExampleMark } from './example-mark.tsx';
import { Header } from './header.tsx';
import { Rail } from './rail.tsx';
import { screens } from './screens.ts';
import classes from './shell.module.css';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

/** The frame every screen stands in. */
export function Shell() {
  const [searching, search] = useDisclosure(false);
  const [helping, help] = useDisclosure(false);
  const connection = useEstateEvents();
  useKeyboard();
  useShellShortcuts(search.open, help.toggle);
  return (
    <div className={classes.shell}>
      <a href="#screen" className={classes.skip}>
        Skip to the screen
      </a>
      <Rail />
      <div className={classes.body}>
        <Header connection={connection} onSearch={search.open} onHelp={help.open} />
        <ExampleMark />
        <main id="screen" className={classes.screen} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <CommandPalette opened={searching} onClose={search.close} />
      <ShortcutsDialog opened={helping} onClose={help.close} />
    </div>
  );
}

function useEstateEvents(): Connection {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => followEstate(queries, setConnection), [queries]);
  return connection;
}

function useShellShortcuts(onSearch: () => void, onHelp: () => void): void {
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useShortcuts([
    { keys: 'mod+k', label: 'Search and go to anything', group: 'Everywhere', run: onSearch },
    // A screen with a search field of its own registers `/` after this.
    { keys: '/', label: 'Search', group: 'Everywhere', run: onSearch },
    { keys: '?', label: 'Show the keys', group: 'Everywhere', run: onHelp },
    ...screens.map(({ title, to, key }) => ({
      keys: `g ${key}`,
      label: title,
      group: 'Go to' as const,
      run: () => {
        if (path !== to) void navigate({ to });
      },
    })),
  ]);
}
