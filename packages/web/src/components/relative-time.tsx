import { useNow } from '../time/use-now.ts';
import { exactTime, relativeTime, shortAge } from '../time/words.ts';

/** A time in words; exact with its zone on hover. `short` for narrow columns. */
export function RelativeTime({ at, short = false }: { readonly at: string; readonly short?: boolean }) {
  const now = useNow();
  const exact = exactTime(at);
  return (
    <time dateTime={at} title={exact}>
      {short ? shortAge(at, now) : relativeTime(at, now)}
    </time>
  );
}
