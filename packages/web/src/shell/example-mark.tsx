import { Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import classes from './example-mark.module.css';

const steps = [
  [
    'leeway init',
    'in a folder with your manifests, states or migrations: writes a first leeway.yaml and replaces nothing.',
  ],
  ['leeway sources check', 'says what each source may read, and which permission is missing.'],
  ['leeway serve', 'in that folder: these screens, over your own estate.'],
] as const;

/** Says that this is the example, and the three steps to one's own estate. */
export function ExampleMark() {
  const { data } = useQuery(meQuery);
  const [opened, { toggle, close }] = useDisclosure(false);
  if (!data?.estate.isExample) return null;
  return (
    <aside className={classes.mark} aria-label="Example estate">
      <span>
        Example estate: real files of a distributor, read by the real connectors
        {data.estate.asOf !== undefined && ` as of ${data.estate.asOf.slice(0, 10)}`}.
      </span>
      <Popover
        opened={opened}
        onChange={(next) => !next && close()}
        position="bottom-start"
        width={380}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button type="button" className={classes.toggle} onClick={toggle} aria-expanded={opened}>
            Three steps to your own
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <ol className={classes.steps}>
            {steps.map(([command, what]) => (
              <li key={command}>
                <code>{command}</code> {what}
              </li>
            ))}
          </ol>
        </Popover.Dropdown>
      </Popover>
    </aside>
  );
}
