import { Kbd } from '@mantine/core';
import { Part } from '../../components/screen.tsx';
import classes from './explain.module.css';

interface ExplainProps {
  readonly trace: readonly string[];
  readonly opened: boolean;
  readonly onToggle: () => void;
}

/** How the verdict came about, rule by rule. */
export function Explain({ trace, opened, onToggle }: ExplainProps) {
  const toggle = (
    <button type="button" className={classes.toggle} onClick={onToggle} aria-expanded={opened}>
      {opened ? 'Hide the rules' : 'Show the rules'} <Kbd size="xs">e</Kbd>
    </button>
  );
  return (
    <Part title="Explain" aside={toggle}>
      {opened && (
        <ol className={classes.trace}>
          {trace.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
    </Part>
  );
}
