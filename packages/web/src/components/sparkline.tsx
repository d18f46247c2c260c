/** How a count went, oldest first. Says its ends; the line shows the way between. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const width = 88;
  const height = 20;
  if (values.length < 2) return null;
  const highest = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * (width - 4) + 2;
    const y = height - 2 - (value / highest) * (height - 5);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const [endX, endY] = points.at(-1)?.split(',') ?? [];
  const name = `${label}: ${values[0]} at first, ${highest} at most, ${values.at(-1)} now`;
  return (
    <svg width={width} height={height} role="img" aria-label={name} style={{ display: 'block' }}>
      <title>{name}</title>
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--lw-grey)"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
      <circle cx={endX} cy={endY} r="1.75" fill="var(--lw-text)" />
    </svg>
  );
}
