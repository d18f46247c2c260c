import { CloseButton, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import classes from './filter-bar.module.css';
import { Icon } from './icon.tsx';

/** A filter in force. */
export interface FilterChip {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly onRemove: () => void;
}

interface FilterBarProps {
  /** What is searched for, as the address has it. */
  readonly q: string | undefined;
  readonly onSearch: (q: string | undefined) => void;
  readonly placeholder: string;
  readonly chips: readonly FilterChip[];
  readonly onClear: () => void;
  readonly children?: ReactNode;
}

/** Search and filters of a list. It keeps nothing: the address is its state, `/` gets to it. */
export function FilterBar({ q, onSearch, placeholder, chips, onClear, children }: FilterBarProps) {
  return (
    <search className={classes.bar}>
      <div className={classes.line}>
        <SearchField q={q} onSearch={onSearch} placeholder={placeholder} />
        {children}
      </div>
      {chips.length > 0 && (
        <ul className={classes.chips} aria-label="Filters in force">
          {chips.map(({ key, label, value, onRemove }) => (
            <li key={key} className={classes.chip}>
              <span>{label}</span> {value}
              <CloseButton size={18} iconSize={10} onClick={onRemove} aria-label={`Remove filter ${label} ${value}`} />
            </li>
          ))}
          <li>
            <button type="button" className={classes.clear} onClick={onClear}>
              Clear all
            </button>
          </li>
        </ul>
      )}
    </search>
  );
}

/** Milliseconds after the last letter until the address follows. */
const patience = 200;

function SearchField({ q, onSearch, placeholder }: Pick<FilterBarProps, 'q' | 'onSearch' | 'placeholder'>) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q ?? '');
  const told = useRef(q ?? '');
  useEffect(() => {
    // The address moved by itself: back, a chip, a saved view.
    if ((q ?? '') !== told.current) {
      told.current = q ?? '';
      setText(q ?? '');
    }
  }, [q]);
  useEffect(() => {
    if (text.trim() === told.current) return;
    const timer = setTimeout(() => {
      told.current = text.trim();
      onSearch(told.current === '' ? undefined : told.current);
    }, patience);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  useShortcuts([{ keys: '/', label: 'Search this list', group: 'In a list', run: () => field.current?.focus() }]);
  return (
    <TextInput
      ref={field}
      className={classes.search ?? ''}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
      placeholder={placeholder}
      aria-label={placeholder}
      leftSection={<Icon name="search" size={14} />}
      rightSection={
        text !== '' && <CloseButton size={20} iconSize={12} onClick={() => setText('')} aria-label="Empty the search" />
      }
    />
  );
}
