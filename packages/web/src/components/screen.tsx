import { type ReactNode, useId } from 'react';
import classes from './screen.module.css';

interface ScreenProps {
  readonly title: string;
  /** One sentence of what is to be seen, where there is something to say. */
  readonly sentence?: ReactNode;
  /** Buttons and switches beside the title. */
  readonly tools?: ReactNode;
  /** Filters and the like, under the title. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
  /** Beside the content; over it on a phone. */
  readonly pane?: ReactNode;
}

/** The frame of a screen: a title that stays, content that scrolls, details beside it. */
export function Screen({ title, sentence, tools, bar, children, pane }: ScreenProps) {
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1>{title}</h1>
        {sentence && <p className={classes.sentence}>{sentence}</p>}
        {tools && <div className={classes.tools}>{tools}</div>}
      </header>
      {bar && <div className={classes.bar}>{bar}</div>}
      <div className={classes.body}>
        {/* A region that scrolls must be reachable by the keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above. */}
        <section className={classes.content} aria-label={title} tabIndex={0}>
          {children}
        </section>
        {pane}
      </div>
    </div>
  );
}

/** A part of a screen or pane with a title of its own. */
export function Part({
  title,
  children,
  aside,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <h2 id={id}>{title}</h2>
        {aside && <span className={classes.aside}>{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** Names and values in two columns. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {of
        .filter(([, value]) => value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
