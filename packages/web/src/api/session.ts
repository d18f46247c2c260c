/** What the client must know of the session: the token against forgery, and whom to tell that it ended. */
let token: string | undefined;
let ended: () => void = () => undefined;

export function csrfToken(): string | undefined {
  return token;
}

export function keepCsrfToken(next: string | undefined): void {
  token = next;
}

/** Tells the page that the server knows nobody any more. */
export function sessionEnded(): void {
  token = undefined;
  ended();
}

export function onSessionEnd(listener: () => void): void {
  ended = listener;
}
