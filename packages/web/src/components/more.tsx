import { useEffect, useRef } from 'react';

/** Stands at the end of a list: asks for the next page when it comes into sight. */
export function More({
  has,
  loading,
  onMore,
}: {
  readonly has: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!has || end.current === null) return;
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: '400px',
    });
    sight.observe(end.current);
    return () => sight.disconnect();
  }, [has]);
  return (
    <div ref={end} aria-live="polite" style={{ height: 24, padding: '4px 16px', color: 'var(--lw-muted)' }}>
      {loading ? 'Loading more …' : ''}
    </div>
  );
}
