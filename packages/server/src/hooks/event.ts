/** What a webhook says, whoever sent it. */
export type HookEvent =
  | {
      readonly what: 'deployment';
      /** As the sender calls it. */
      readonly environment: string;
      readonly revision?: string;
      readonly actor?: string;
    }
  | { readonly what: 'push'; readonly branch: string }
  | { readonly what: 'change' }
  | { readonly what: 'nothing'; readonly why: string };

/** An event with what tells one delivery from another and when it was made, where the sender says so. */
export interface Delivery {
  readonly event: HookEvent;
  /** The same for a delivery that is sent again. */
  readonly id?: string;
  /** ISO 8601. */
  readonly at?: string;
}
