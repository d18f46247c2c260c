import { Button, Menu, SegmentedControl } from '@mantine/core';
import { useCallback } from 'react';
import { toggled } from '../../api/search-params.ts';
import { FilterBar, type FilterChip } from '../../components/filter-bar.tsx';
import { Icon } from '../../components/icon.tsx';
import { exactTime } from '../../time/words.ts';
import { SavedViews } from './saved-views.tsx';
import { type FindingsFilter, filterCount, listFilters, sorts, states } from './search.ts';
import classes from './toolbar.module.css';

type Change = (next: { readonly [K in keyof FindingsFilter]?: FindingsFilter[K] | undefined }) => void;

interface ToolbarProps {
  readonly filter: FindingsFilter;
  readonly first: { readonly total: number; readonly findings: number } | undefined;
  readonly onChange: Change;
  readonly onClear: () => void;
  /** Opens the filters; absent where they stand beside the list. */
  readonly onFacets: (() => void) | undefined;
}

const sortTitles = {
  severity: 'Worst first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  blast: 'Widest reach first',
} as const;

/** State, search, order and saved views of the inbox. */
export function Toolbar({ filter, first, onChange, onClear, onFacets }: ToolbarProps) {
  const state = filter.state ?? 'open';
  const onSearch = useCallback((q: string | undefined) => onChange({ q }), [onChange]);
  return (
    <div className={classes.toolbar}>
      <div className={classes.head}>
        <h1>Findings</h1>
        <span className={classes.count} role="status">
          {first ? countText(first) : ''}
        </span>
        <SegmentedControl
          className={classes.states}
          value={state}
          onChange={(next) => onChange({ state: states.find((one) => one === next && one !== 'open') })}
          data={[...states]}
          aria-label="State of the findings"
        />
      </div>
      <FilterBar
        q={filter.q}
        onSearch={onSearch}
        placeholder="Search findings"
        chips={chipsOf(filter, onChange)}
        onClear={onClear}
      >
        {onFacets && (
          <Button variant="default" leftSection={<Icon name="filter" size={14} />} onClick={onFacets}>
            Filters{filterCount(filter) > 0 && ` (${filterCount(filter)})`}
          </Button>
        )}
        <SortMenu sort={filter.sort ?? 'severity'} onChange={onChange} />
        <SavedViews filter={filter} />
      </FilterBar>
    </div>
  );
}

function countText({ total, findings }: { readonly total: number; readonly findings: number }): string {
  const causes = `${total.toLocaleString('en')} ${total === 1 ? 'cause' : 'causes'}`;
  return total === findings ? causes : `${causes}, ${findings.toLocaleString('en')} findings`;
}

function SortMenu({ sort, onChange }: { readonly sort: keyof typeof sortTitles; readonly onChange: Change }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={12} />}>
          {sortTitles[sort]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((one) => (
          <Menu.Item
            key={one}
            onClick={() => onChange({ sort: one === 'severity' ? undefined : one })}
            rightSection={one === sort && <Icon name="check" size={14} />}
          >
            {sortTitles[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function chipsOf(filter: FindingsFilter, onChange: Change): readonly FilterChip[] {
  const lists = listFilters.flatMap((name) =>
    (filter[name]?.split(',') ?? []).map((value) => ({
      key: `${name} ${value}`,
      label: name,
      value,
      onRemove: () => onChange({ [name]: toggled(filter[name], value) }),
    })),
  );
  if (filter.since === undefined) return lists;
  return [
    ...lists,
    {
      key: 'since',
      label: 'first seen since',
      value: exactTime(filter.since),
      onRemove: () => onChange({ since: undefined }),
    },
  ];
}
