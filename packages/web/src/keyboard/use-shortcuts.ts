import { useEffect, useRef, useSyncExternalStore } from 'react';
import { activeShortcuts, addShortcuts, matchKey, onShortcuts, type Shortcut, shortcutLayers } from './registry.ts';

/** Registers shortcuts while the component is there; `run` is always that of the last render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = shortcuts.map(({ keys, label, enabled }) => `${keys} ${label} ${enabled ?? true}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says when what is registered changed.
  useEffect(
    () =>
      addShortcuts(
        latest.current.map((shortcut) => ({
          ...shortcut,
          run: () => latest.current.find(({ keys }) => keys === shortcut.keys)?.run(),
        })),
      ),
    [shape],
  );
}

export function useActiveShortcuts(): readonly Shortcut[] {
  return activeShortcuts(useSyncExternalStore(onShortcuts, shortcutLayers));
}

/** Milliseconds that a sequence waits for its next key. */
const patience = 1200;

/** The one listener of the page. Keys typed into fields, or while a dialog is open, are left alone but for `mod+…`. */
export function useKeyboard(): void {
  useEffect(() => {
    let begun = '';
    let begunAt = 0;
    const listen = (event: KeyboardEvent) => {
      const mod = event.metaKey || event.ctrlKey;
      if (event.defaultPrevented || (!mod && isOccupied(event.target))) return;
      if (event.timeStamp - begunAt > patience) begun = '';
      const found = matchKey({ key: event.key, mod, alt: event.altKey }, begun, activeShortcuts());
      if (found === 'begins') {
        begun = event.key.toLowerCase();
        begunAt = event.timeStamp;
        return;
      }
      begun = '';
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isOccupied(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches('input:not([type="checkbox"]):not([type="radio"]), textarea, select')
  );
}
