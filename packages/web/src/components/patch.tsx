import classes from './patch.module.css';

/** A unified diff, line by line. */
export function Patch({ file, patch }: { readonly file: string; readonly patch: string }) {
  const lines = patch
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => !/^(?:---|\+\+\+|diff |index )/.test(line));
  return (
    <figure className={classes.patch}>
      <figcaption>{file}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <pre tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one patch never move.
          <span key={index} data-sign={signs[line[0] ?? ' '] ?? 'same'}>
            {line === '' ? ' ' : line}
          </span>
        ))}
      </pre>
    </figure>
  );
}

const signs: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'place' };
