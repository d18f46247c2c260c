import { Kbd } from '@mantine/core';
import { Icon } from '../../components/icon.tsx';
import classes from './explain.module.css';

/** How the verdict came about, rule by rule. */
export function Explain({
  trace,
  opened,
  onToggle,
}: {
  readonly trace: readonly string[];
  readonly opened: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <section className={classes.explain} aria-label="Explain">
      <h2>
        <button type="button" onClick={onToggle} aria-expanded={opened}>
          <Icon name={opened ? 'down' : 'chevron'} size={12} />
          Explain
          <Kbd size="xs">e</Kbd>
        </button>
      </h2>
      {opened && (
        <ol className={classes.trace}>
          {trace.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
    </section>
  );
}
