import { Kbd, Modal } from '@mantine/core';
import { useActiveShortcuts } from '../keyboard/use-shortcuts.ts';
import classes from './shortcuts-dialog.module.css';

const keyNames: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

const groups = ['Go to', 'In a list', 'On a finding', 'Everywhere'] as const;

/** Every key that does something on this screen, from the one registry. */
export function ShortcutsDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.groups}>
        {groups
          .map((group) => [group, shortcuts.filter((one) => one.group === group)] as const)
          .filter(([, list]) => list.length > 0)
          .map(([group, list]) => (
            <section key={group}>
              <h3 className={classes.title}>{group}</h3>
              <dl className={classes.list}>
                {list.map(({ keys, label }) => (
                  <div key={keys} className={classes.row}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.split(' ').map((key) => (
                        <Kbd key={key} size="xs">
                          {keyNames[key] ?? key.replace('mod+', 'Ctrl/⌘ ')}
                        </Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Modal>
  );
}
