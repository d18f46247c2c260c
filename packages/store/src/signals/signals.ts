import type { Db } from '../sql/database.ts';

/** Something moved in an estate: reason to look again, never the news itself. */
export interface Signal {
  readonly estate: string;
  readonly topic: 'job' | 'findings' | 'estate' | 'requests' | 'deliveries';
  /** Of the job, where one moved. */
  readonly id?: string;
}

/** Comes after a time in which signals may have been lost: reason to look at everything. */
export type Received = Signal | 'missed';

export interface Subscription {
  close(): Promise<void>;
}

/** Tells every process that uses the database, this one included. Nothing is kept: who is away does not hear it. */
export interface Signals {
  /** Inside a transaction it is heard when that commits, and never when it does not. */
  publish(signal: Signal, trx?: Db): Promise<void>;
  subscribe(receive: (received: Received) => void): Promise<Subscription>;
}

/** A channel of the database whose messages are texts; `onReconnect` comes with every (re)subscription. */
export type Listen = (
  channel: string,
  onMessage: (text: string) => void,
  onReconnect: () => void,
) => Promise<Subscription>;
