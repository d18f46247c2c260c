import { useClipboard } from '@mantine/hooks';
import { Icon } from './icon.tsx';
import classes from './identifier.module.css';

/** An id: monospaced, wrapping, copied by a click. */
export function Identifier({
  value,
  label,
  display,
}: {
  readonly value: string;
  readonly label: string;
  readonly display?: string;
}) {
  const { copy, copied } = useClipboard({ timeout: 1500 });
  return (
    <button
      type="button"
      className={classes.identifier}
      onClick={() => copy(value)}
      title={`Copy ${label}: ${value}`}
      aria-label={`Copy ${label} ${value}`}
    >
      <code>{display ?? value}</code>
      <Icon name={copied ? 'check' : 'copy'} size={12} />
    </button>
  );
}
