import { Kbd, Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { Icon } from '../components/icon.tsx';
import { ProblemBox } from '../components/problem-box.tsx';
import classes from './command-palette.module.css';
import { type PaletteItem, paletteItems } from './palette-items.ts';

/** Ctrl/⌘ K: go to any screen, environment, workload, finding, approved difference, policy or source. */
export function CommandPalette({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': 'Search' } }}
    >
      <Palette onClose={onClose} />
    </Modal>
  );
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(text.trim(), 120);
  const { data, error } = useQuery({ ...searchQuery(asked), placeholderData: keepPreviousData });
  const navigate = useNavigate();
  const items = paletteItems(text.trim(), text.trim() === '' ? [] : (data?.items ?? []));
  const chosen = Math.min(at, items.length - 1);

  const go = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    void navigate(item.link);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) go(items[chosen]);
    else setAt((chosen + step + items.length) % Math.max(1, items.length));
  };
  return (
    <div className={classes.palette}>
      <div className={classes.field}>
        <Icon name="search" />
        <input
          data-autofocus
          className={classes.input}
          value={text}
          placeholder="Environment, workload, finding, policy, source…"
          aria-label="Search"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-items"
          aria-activedescendant={items[chosen] && `palette-${chosen}`}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd size="xs">esc</Kbd>
      </div>
      {error && <ProblemBox error={error} />}
      <PaletteList
        items={items}
        chosen={chosen}
        onGo={go}
        onPoint={setAt}
        empty={data !== undefined || text.trim() === ''}
      />
    </div>
  );
}

function PaletteList(props: {
  readonly items: readonly PaletteItem[];
  readonly chosen: number;
  readonly onGo: (item: PaletteItem) => void;
  readonly onPoint: (index: number) => void;
  readonly empty: boolean;
}) {
  const { items, chosen, onGo, onPoint, empty } = props;
  return (
    <div id="palette-items" role="listbox" aria-label="Results" className={classes.list}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and takes the keys.
        <div
          key={item.key}
          id={`palette-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={classes.item}
          onClick={() => onGo(item)}
          onMouseMove={() => onPoint(index)}
        >
          <Icon name={item.icon} size={14} />
          <span className={classes.title}>{item.title}</span>
          <span className={classes.detail}>{item.detail}</span>
        </div>
      ))}
      {items.length === 0 && empty && <p className={classes.none}>Nothing here is called so.</p>}
    </div>
  );
}
