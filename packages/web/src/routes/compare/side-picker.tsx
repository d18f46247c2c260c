import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EnvironmentSummary } from '../../api/types.ts';
import { exactTime } from '../../time/words.ts';
import classes from './compare-screen.module.css';
import { momentsQuery } from './queries.ts';
import { readSide, type SideParts, writeSide } from './search.ts';

interface SidePickerProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly environments: readonly EnvironmentSummary[];
  readonly onChange: (side: string | undefined) => void;
}

/** One side: an environment, and as it was read last, at a moment, or as Git declares it. */
export function SidePicker({ label, value, environments, onChange }: SidePickerProps) {
  const parts: SideParts = value === undefined ? { environment: '', as: 'last', detail: '' } : readSide(value);
  const change = (next: Partial<SideParts>) => onChange(writeSide({ ...parts, ...next }));
  return (
    <fieldset className={classes.side}>
      <legend className="visually-hidden">{label} side</legend>
      <Select
        aria-label={`${label}: environment`}
        placeholder="Environment"
        searchable
        data={environments.map(({ name }) => name)}
        value={parts.environment || null}
        onChange={(environment) =>
          environment === null ? onChange(undefined) : change({ environment, as: 'last', detail: '' })
        }
      />
      {value !== undefined && (
        <Select
          aria-label={`${label}: as of`}
          data={[
            { value: 'last', label: 'as read last' },
            { value: 'moment', label: 'at a moment' },
            { value: 'declared', label: 'as declared' },
          ]}
          value={parts.as}
          allowDeselect={false}
          onChange={(as) => {
            if (as === 'last' || as === 'declared') change({ as, detail: '' });
            // A moment is chosen in the next field: until then the side stays what it is.
            if (as === 'moment') change({ as, detail: new Date().toISOString() });
          }}
        />
      )}
      {parts.as === 'moment' && <MomentPicker label={label} parts={parts} onChange={change} />}
      {parts.as === 'declared' && (
        <TextInput
          key={parts.detail}
          aria-label={`${label}: revision`}
          placeholder="newest revision"
          defaultValue={parts.detail}
          onBlur={({ currentTarget }) => change({ detail: currentTarget.value.trim() })}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
        />
      )}
    </fieldset>
  );
}

function MomentPicker({
  label,
  parts,
  onChange,
}: {
  readonly label: string;
  readonly parts: SideParts;
  readonly onChange: (next: Partial<SideParts>) => void;
}) {
  const { data } = useQuery(momentsQuery(parts.environment));
  const moments = [...new Set([...(data?.items.map(({ at }) => at) ?? []), parts.detail])].sort().reverse();
  return (
    <Select
      aria-label={`${label}: moment`}
      data={moments.map((at) => ({ value: at, label: exactTime(at) }))}
      value={parts.detail}
      allowDeselect={false}
      onChange={(detail) => detail !== null && onChange({ detail })}
    />
  );
}
