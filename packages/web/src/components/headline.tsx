import { Link } from '@tanstack/react-router';
import type { HeadlinePart } from '../api/types.ts';
import classes from './headline.module.css';

/** A headline as plain text: for names of links and for the clipboard. */
export function headlineText(parts: readonly HeadlinePart[]): string {
  return parts.map(({ text }) => text).join('');
}

/**
 * The one sentence of a finding. Its parts are links, unless `plain`: inside something that is a link itself they are
 * only set apart.
 */
export function Headline({
  parts,
  plain = false,
}: {
  readonly parts: readonly HeadlinePart[];
  readonly plain?: boolean;
}) {
  return (
    <span className={classes.headline}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move.
        <Part key={index} part={part} plain={plain} />
      ))}
    </span>
  );
}

function Part({ part: { text, role }, plain }: { readonly part: HeadlinePart; readonly plain: boolean }) {
  if (role === undefined) return text;
  const className = classes[role] ?? '';
  if (!plain && role === 'environment') {
    return (
      <Link to="/environments/$environment" params={{ environment: text }} className={`${className} ${classes.link}`}>
        {text}
      </Link>
    );
  }
  if (!plain && (role === 'resource' || role === 'actor')) {
    return (
      <Link to="/findings" search={{ q: text }} className={`${className} ${classes.link}`}>
        {text}
      </Link>
    );
  }
  return <span className={className}>{text}</span>;
}
