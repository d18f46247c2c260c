/** Line icons on a grid of 16, drawn for this application. */
const paths = {
  overview: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z',
  environments: 'M8 1.75 14 5 8 8.25 2 5ZM2 8l6 3.25L14 8M2 11l6 3.25L14 11',
  compare: 'M5 2.5v11M2.5 5 5 2.5 7.5 5M11 13.5v-11M8.5 11l2.5 2.5 2.5-2.5',
  findings: 'M2 9h3.5l1 2h3l1-2H14M3.5 3h9L14 9v4.5H2V9Z',
  approved: 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5M5.25 8l2 2 3.5-4',
  policies: 'M8 1.75 13.25 3.5v4.25c0 3-2 5.25-5.25 6.5-3.25-1.25-5.25-3.5-5.25-6.5V3.5Z',
  timeline: 'M2 4.5h6M5 8h9M3.5 11.5h6M2 1.75v12.5',
  sources:
    'M3 4c0-1 2.25-1.75 5-1.75S13 3 13 4s-2.25 1.75-5 1.75S3 5 3 4ZM3 4v8c0 1 2.25 1.75 5 1.75S13 13 13 12V4M3 8c0 1 2.25 1.75 5 1.75S13 9 13 8',
  audit: 'M4 1.75h6l2.5 2.5v10H4ZM6 6.5h4.5M6 9h4.5M6 11.5h3',
  settings:
    'M2 4.5h7.5M12.5 4.5H14M2 11.5h1.5M6.5 11.5H14M11 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.75 10.75 14 14',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  check: 'm3 8.5 3.25 3.25L13 5',
  chevron: 'm6 4 4 4-4 4',
  down: 'm4 6 4 4 4-4',
  arrow: 'M2 8h11M9 4l4 4-4 4',
  back: 'M14 8H3M7 4 3 8l4 4',
  sun: 'M8 10.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  moon: 'M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5Z',
  person: 'M8 7.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M2.75 14c.5-2.75 2.5-4.25 5.25-4.25s4.75 1.5 5.25 4.25',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  link: 'M6.5 9.5 9.5 6.5M7 4.5l1-1a3 3 0 0 1 4.5 4.5l-1 1M9 11.5l-1 1A3 3 0 0 1 3.5 8l1-1',
  bookmark: 'M4 2h8v12l-4-3-4 3Z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.75h.01M6.75 6.75h.01M9.5 6.75h.01M12 6.75h.01M5 9.5h6',
  snooze: 'M8 14.25A5.75 5.75 0 1 0 8 2.75a5.75 5.75 0 0 0 0 11.5M6 6h4l-4 5h4M2 3.5 4 2M14 3.5 12 2',
  branch:
    'M4.5 5.5v5M4.5 5.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5M4.5 14a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5M11.5 5.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5M11.5 5.5c0 3-2.5 3.5-6.5 4',
  explain:
    'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5M6.25 6.25a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.75.6-.75 1.15M8 11.25v.01',
  expand: 'M9.5 2.5h4v4M13.5 2.5l-5 5M6.5 13.5h-4v-4M2.5 13.5l5-5',
  refresh: 'M13.5 8A5.5 5.5 0 1 1 11.75 4M13.5 2v3h-3',
  release: 'M8 1.75 13.5 5v6L8 14.25 2.5 11V5ZM2.5 5 8 8.25 13.5 5M8 8.25v6',
  scan: 'M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3M3.5 8h9',
  alarm: 'M8 2 14.5 13.5h-13ZM8 6.5v3M8 11.5v.01',
} as const;

export type IconName = keyof typeof paths;

/** Always decorative: whatever it stands on carries the name. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
