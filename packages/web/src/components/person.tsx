import classes from './person.module.css';

/** Somebody by name; who is not known is said to be unknown. */
export function Person({ name }: { readonly name: string | undefined }) {
  if (name === undefined || name === '') return <span className={classes.unknown}>unknown</span>;
  return <span className={classes.person}>{name}</span>;
}
