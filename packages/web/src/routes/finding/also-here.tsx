import { Link } from '@tanstack/react-router';
import type { FindingPage } from '../../api/types.ts';
import { Part } from '../../components/screen.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import classes from './also-here.module.css';

/** Other findings with the same cause. */
export function AlsoHere({ page: { cause, finding } }: { readonly page: FindingPage }) {
  const { findings, resources, environments, others } = cause;
  if (findings <= 1) return null;
  return (
    <Part title="Also here">
      <p className={classes.reach}>
        The same cause reaches {count(environments.length, 'environment')}, {count(resources, 'resource')}.
      </p>
      <ul className={classes.others}>
        {others.map(({ fingerprint, environment, name, path, severity }) => (
          <li key={fingerprint}>
            <Link to="/findings/$fingerprint" params={{ fingerprint }}>
              <SeverityWeight of={severity} />
              <b>{environment}</b>
              <span className={classes.name}>
                {name}
                {path !== finding.path && path !== '' && <code> {path}</code>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {others.length < findings - 1 && (
        <p className={classes.more}>and {count(findings - 1 - others.length, 'further finding')}</p>
      )}
    </Part>
  );
}

function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}
