import { Link } from '@tanstack/react-router';
import { Icon } from '../components/icon.tsx';
import { Mark } from '../components/mark.tsx';
import classes from './rail.module.css';
import { screens } from './screens.ts';

/** The screens, down the left side. */
export function Rail() {
  return (
    <nav className={classes.rail} aria-label="Screens">
      <Link to="/" className={classes.brand}>
        <Mark />
        Leeway
      </Link>
      {screens.map(({ title, to, icon, key }) => (
        <Link
          key={to}
          to={to}
          className={classes.link}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          title={`${title} (g ${key})`}
        >
          <Icon name={icon} />
          {title}
        </Link>
      ))}
    </nav>
  );
}
