const somewhere = 'http://leeway.invalid';

/** A path of this server to send a browser to, as it was asked for; `/` for whatever might lead elsewhere. */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked) || !URL.canParse(asked, somewhere)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, somewhere);
  const path = `${pathname}${search}${hash}`;
  return origin === somewhere && !path.startsWith('//') ? path : '/';
}
