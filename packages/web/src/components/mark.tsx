/** The sign of Leeway: the course held, and how far the ship made way beside it. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--lw-accent)"
      strokeWidth="2.75"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M5 3v18L19 9" strokeLinejoin="round" />
      <path d="M11 21h8" strokeDasharray="0.1 4.2" />
    </svg>
  );
}
