import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { Icon } from '../components/icon.tsx';
import classes from './bottom-bar.module.css';
import { screens } from './screens.ts';

/** The rail of a phone: the main screens, and the rest behind "More". */
export function BottomBar() {
  const [opened, more] = useDisclosure(false);
  const others = screens.filter(({ main }) => !main);
  return (
    <nav className={classes.bar} aria-label="Main screens">
      {screens
        .filter(({ main }) => main)
        .map(({ title, to, icon }) => (
          <Link key={to} to={to} className={classes.item} activeOptions={{ exact: to === '/', includeSearch: false }}>
            <Icon name={icon} size={20} />
            {title}
          </Link>
        ))}
      {others.length > 0 && (
        <button type="button" className={classes.item} onClick={more.open} aria-haspopup="dialog">
          <Icon name="menu" size={20} />
          More
        </button>
      )}
      <Drawer
        opened={opened}
        onClose={more.close}
        position="bottom"
        size="auto"
        title="Screens"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className={classes.others}>
          {others.map(({ title, to, icon }) => (
            <Link key={to} to={to} className={classes.other} onClick={more.close}>
              <Icon name={icon} />
              {title}
            </Link>
          ))}
        </div>
      </Drawer>
    </nav>
  );
}
