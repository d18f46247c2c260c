import classes from './preformatted.module.css';

/** Text as it stands: a record, an expression, attributes. It wraps in place. */
export function Preformatted({ children }: { readonly children: string }) {
  return <pre className={classes.text}>{children}</pre>;
}
