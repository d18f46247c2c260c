import { useShortcuts } from './use-shortcuts.ts';

interface ListKeys {
  readonly count: number;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onToggle?: (() => void) | undefined;
  readonly onOpen: () => void;
  readonly onLeave?: (() => void) | undefined;
}

/** The keys every list has: `j k` or arrows move, `x` selects, Enter opens, Escape leaves. */
export function useListKeys({ count, active, onActive, onToggle, onOpen, onLeave }: ListKeys): void {
  const move = (step: number) => onActive(Math.max(0, Math.min(count - 1, active + step)));
  const enabled = count > 0;
  useShortcuts([
    { keys: 'j', label: 'Next', group: 'In a list', enabled, run: () => move(1) },
    { keys: 'k', label: 'Previous', group: 'In a list', enabled, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next', group: 'In a list', enabled, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Previous', group: 'In a list', enabled, run: () => move(-1) },
    ...(onToggle
      ? [{ keys: 'x', label: 'Select or not', group: 'In a list' as const, enabled: active >= 0, run: onToggle }]
      : []),
    { keys: 'o', label: 'Open', group: 'In a list', enabled: active >= 0, run: onOpen },
    ...(onLeave ? [{ keys: 'Escape', label: 'Close', group: 'In a list' as const, run: onLeave }] : []),
  ]);
}
