/** One thing a key does. `keys` is a key (`j`), a sequence (`g o`) or `mod+k` for Ctrl or ⌘. */
export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly group: 'Go to' | 'In a list' | 'On a finding' | 'Everywhere';
  readonly run: () => void;
  /** False keeps it listed and lets the key pass: what it would do is not possible now. */
  readonly enabled?: boolean;
}

type Layer = readonly Shortcut[];

let layers: readonly Layer[] = [];
let listeners: readonly (() => void)[] = [];

/** Adds shortcuts until the returned function is called; what was added last wins. */
export function addShortcuts(shortcuts: Layer): () => void {
  change([...layers, shortcuts]);
  return () => change(layers.filter((layer) => layer !== shortcuts));
}

/** All shortcuts there are now, each key once. */
export function activeShortcuts(from: readonly Layer[] = layers): readonly Shortcut[] {
  const byKeys = new Map<string, Shortcut>();
  for (const shortcut of from.flat()) byKeys.set(shortcut.keys, shortcut);
  return [...byKeys.values()];
}

export function shortcutLayers(): readonly Layer[] {
  return layers;
}

export function onShortcuts(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
}

function change(next: readonly Layer[]): void {
  layers = next;
  for (const listener of listeners) listener();
}

export interface KeyPress {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
}

/** What a key press leads to: something to run, the beginning of a sequence, or nothing. */
export function matchKey(
  press: KeyPress,
  begun: string,
  shortcuts: readonly Shortcut[],
): Shortcut | 'begins' | undefined {
  if (press.alt) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const name = press.mod ? `mod+${key}` : key;
  const text = begun === '' ? name : `${begun} ${name}`;
  const found = shortcuts.find(({ keys }) => keys === text);
  if (found) return found.enabled === false ? undefined : found;
  return shortcuts.some(({ keys }) => keys.startsWith(`${text} `)) ? 'begins' : undefined;
}
