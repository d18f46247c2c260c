import type { ReactNode } from 'react';
import classes from './entry-frame.module.css';
import { Mark } from './mark.tsx';

/** The frame of the pages before one is signed in. */
export function EntryFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <div className={classes.brand}>
          <Mark size={24} />
          Leeway
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
