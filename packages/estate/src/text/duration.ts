const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90s`, `15m`, `4h`, `1h30m`, `14d`, `2w`: what leeway.yaml calls a duration. */
export const durationPattern = /^(?:\d{1,6}[smhdw])+$/;

/** Seconds of a duration that fits {@link durationPattern}. */
export function durationSeconds(text: string): number {
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhdw])/g)) seconds += Number(amount) * (units[unit ?? ''] ?? 0);
  return seconds;
}
