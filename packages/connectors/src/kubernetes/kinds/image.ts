/** The parts of an image reference. `name` includes the registry as written. */
export interface ImageReference {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Splits `registry:5000/team/app:1.2@sha256:…` (grammar of github.com/distribution/reference): a colon before the last
 * slash is a port, not a tag.
 */
export function parseImage(reference: string): ImageReference {
  const [rest = '', digest] = reference.split('@', 2);
  const colon = rest.lastIndexOf(':');
  const tagged = colon > rest.lastIndexOf('/');
  return {
    name: tagged ? rest.slice(0, colon) : rest,
    ...(tagged && { tag: rest.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}

/** An image as short as it may be written: `docker.io/library/nginx:latest` is `nginx` (the grammar's familiar form). */
export function familiarImage(reference: string): string {
  const { name, tag, digest } = parseImage(reference);
  const short = name.replace(/^(?:index\.)?docker\.io\/(?:library\/(?=[^/]+$))?/, '');
  return `${short}${tag === undefined || (tag === 'latest' && !digest) ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
