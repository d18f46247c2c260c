import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ProblemBox, ProblemList } from '../../components/problem-box.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useMayDo } from '../../shell/session.ts';
import { Access } from './access.tsx';
import { Notifications } from './notifications.tsx';
import { settingsQuery } from './queries.ts';
import { type Part, parts } from './route.ts';
import { Schedules } from './schedules.tsx';
import { Tokens } from './tokens.tsx';

// The editor is as heavy as the rest of the screen: it comes when somebody opens the file.
const SettingsFile = lazy(async () => ({ default: (await import('./settings-file.tsx')).SettingsFile }));

const route = getRouteApi('/shell/settings');

const titles: Readonly<Record<Part, string>> = {
  access: 'Sign-in and roles',
  tokens: 'API tokens',
  schedules: 'Schedules and hooks',
  notifications: 'Notifications',
  file: 'The file',
};

/** How the server is set up. What is declared lies in Git; what is shown here says where. */
export function SettingsScreen() {
  const { part } = route.useSearch();
  const navigate = route.useNavigate();
  const maySee = useMayDo('settings:read');
  const { data, error, refetch } = useQuery({ ...settingsQuery, enabled: maySee });
  const shown = parts.find((one) => one === part) ?? 'access';
  return (
    <Screen
      title="Settings"
      sentence="Declared in Git like everything else: a change is a commit on a branch. Tokens and local accounts are the server’s own."
    >
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {data && data.problems.length > 0 && <ProblemList problems={data.problems} />}
      <Tabs
        value={shown}
        onChange={(value) => void navigate({ search: value === 'access' || value === null ? {} : { part: value } })}
        keepMounted={false}
      >
        <Tabs.List aria-label="Parts of the settings">
          {parts.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {titles[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="access">
          <Access settings={data} />
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <Tokens />
        </Tabs.Panel>
        <Tabs.Panel value="schedules">
          {data ? <Schedules settings={data} /> : <TextSkeleton label="Loading the settings" />}
        </Tabs.Panel>
        <Tabs.Panel value="notifications">
          {data ? <Notifications settings={data} /> : <TextSkeleton label="Loading the settings" />}
        </Tabs.Panel>
        <Tabs.Panel value="file">
          <Suspense fallback={<TextSkeleton lines={12} label="Loading the file" />}>
            {data && <SettingsFile settings={data} />}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
