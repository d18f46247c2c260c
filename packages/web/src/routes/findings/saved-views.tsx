import { Button, Menu, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { stringifySearch } from '../../api/search-params.ts';
import { Icon } from '../../components/icon.tsx';
import classes from './saved-views.module.css';
import type { FindingsFilter } from './search.ts';
import { useSavedViews } from './use-saved-views.ts';

/** Filters kept under a name in this browser. Each is an address, so that a link shares it. */
export function SavedViews({ filter }: { readonly filter: FindingsFilter }) {
  const { views, save, remove } = useSavedViews();
  const navigate = useNavigate();
  const { copy, copied } = useClipboard({ timeout: 1500 });
  const link = `${location.origin}/findings${stringifySearch(filter)}`;
  const current = views.find((view) => stringifySearch(view.filter) === stringifySearch(filter));
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false} trapFocus={false}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Icon name="bookmark" size={14} />}
          rightSection={<Icon name="down" size={12} />}
        >
          <span className={classes.current}>{current?.name ?? 'Views'}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((view) => (
          <div key={view.name} className={classes.view}>
            <Menu.Item
              closeMenuOnClick
              onClick={() => void navigate({ to: '/findings', search: view.filter })}
              rightSection={view === current && <Icon name="check" size={14} />}
            >
              {view.name}
            </Menu.Item>
            <Menu.Item
              className={classes.remove ?? ''}
              onClick={() => remove(view.name)}
              aria-label={`Remove view ${view.name}`}
            >
              <Icon name="close" size={12} />
            </Menu.Item>
          </div>
        ))}
        {views.length === 0 && (
          <p className={classes.none}>No view is kept yet. Filter the list, then keep it under a name.</p>
        )}
        <Menu.Divider />
        <SaveView onSave={(name) => save(name, filter)} />
        <Menu.Item leftSection={<Icon name={copied ? 'check' : 'link'} size={14} />} onClick={() => copy(link)}>
          {copied ? 'Link copied' : 'Copy a link to this list'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SaveView({ onSave }: { readonly onSave: (name: string) => void }) {
  const [name, setName] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onSave(name.trim());
    setName('');
  };
  return (
    <form onSubmit={submit} className={classes.save}>
      <TextInput
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => event.stopPropagation()}
        placeholder="Name of this view"
        aria-label="Name of this view"
        maxLength={60}
      />
      <Button type="submit" variant="default" disabled={name.trim() === ''}>
        Keep
      </Button>
    </form>
  );
}
