/** An address of this application to go back to; anything that could lead elsewhere becomes the overview. */
export function ownAddress(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to)) return '/';
  try {
    const base = 'https://leeway.invalid';
    const url = new URL(to, base);
    if (url.origin !== base || url.pathname === '/sign-in' || url.pathname === '/set-up') return '/';
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return '/';
  }
}
