/** Owns the pictograms: drawn on a 20 × 20 grid, in the colour of the text. Always beside or under a name. */
const paths = {
  back: <path d="M12.5 4.5 7 10l5.5 5.5" />,
  close: <path d="m5.5 5.5 9 9m0-9-9 9" />,
  plus: <path d="M10 4v12M4 10h12" />,
  minus: <path d="M4 10h12" />,
  compose: (
    <path d="M10.5 4.5H6A2.5 2.5 0 0 0 3.5 7v7A2.5 2.5 0 0 0 6 16.5h7a2.5 2.5 0 0 0 2.5-2.5V9.8M8.5 11.5v-2l6.3-6.3a1.4 1.4 0 0 1 2 2l-6.3 6.3z" />
  ),
  search: <path d="M13 13l3.5 3.5M14.5 9a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0Z" />,
  send: (
    <path d="M3.8 10 3 3.6c-.1-.6.5-1 1-.8l13 6.4a.9.9 0 0 1 0 1.6l-13 6.4c-.5.2-1.1-.2-1-.8L3.8 10Zm0 0h5.7" />
  ),
  attach: (
    <path d="m16.5 9.6-6.4 6.3a4.1 4.1 0 0 1-5.8-5.8l6.6-6.6a2.7 2.7 0 0 1 3.9 3.9l-6.5 6.4a1.4 1.4 0 0 1-2-2l6-5.8" />
  ),
  retry: <path d="M15.5 9A5.7 5.7 0 1 0 14 13.900M15.800 4.800V9h-4.200" />,
  smile: (
    <path d="M7 8v.3M13 8v.3M6.8 11.8c.7 1.2 1.900 1.900 3.200 1.900s2.500-.7 3.200-1.900M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z" />
  ),
  edit: <path d="M4 13.4V16h2.6l8.6-8.6-2.6-2.6zM11 6.4l2.6 2.6" />,
  trash: <path d="M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 10.5h7.6l.7-10.5M8.5 8.5v5M11.5 8.5v5" />,
  copy: (
    <path d="M8 4h6.5A1.5 1.5 0 0 1 16 5.5V12M5.5 7.5h6A1.5 1.5 0 0 1 13 9v6a1.5 1.5 0 0 1-1.5 1.5h-6A1.5 1.5 0 0 1 4 15V9a1.5 1.5 0 0 1 1.5-1.5Z" />
  ),
  check: <path d="m4.5 10.5 3.7 3.7 7.3-8.4" />,
  checks: <path d="m1.5 10.7 3.5 3.5 7-8.200M9.2 13.200l1 1 7.3-8.2" />,
  clock: <path d="M10 6v4.200l2.5 1.6M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z" />,
  alert: <path d="M10 6.5v4M10 13.4v.1M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z" />,
  down: <path d="M10 4v11.5M5 10.800l5 5 5-5" />,
  up: <path d="M10 16V4.500M5 9.200l5-5 5 5" />,
  download: <path d="M10 3.5v9M6 9l4 4 4-4M4 16.5h12" />,
  file: (
    <path d="M11 3H6a1.5 1.5 0 0 0-1.5 1.5v11A1.5 1.5 0 0 0 6 17h8a1.5 1.5 0 0 0 1.5-1.5V7.5zm0 0v4.5h4.5" />
  ),
  image: (
    <path d="M5 4h10a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 15 16H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 4Zm-1.3 9.5L7.5 9.800l3 3 2-2 3.8 3.5M13 7.5v.1" />
  ),
  people: (
    <path d="M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Zm-5 6.5c0-2.7 2.2-4.3 5-4.300s5 1.6 5 4.300M13 4.4a2.6 2.6 0 0 1 0 4.900M14.5 12c1.9.5 3.2 1.9 3.2 4" />
  ),
  person: (
    <path d="M10 9.8a2.9 2.9 0 1 0 0-5.8 2.900 2.900 0 0 0 0 5.800Zm-5.500 6.400c0-2.900 2.400-4.600 5.500-4.600s5.500 1.700 5.500 4.600" />
  ),
  shield: (
    <path d="m10 3.200 5.500 1.900v4.500c0 3.400-2.300 5.800-5.500 7.200-3.200-1.400-5.500-3.800-5.500-7.200V5.100z" />
  ),
  crown: <path d="m3.400 6.300 3.400 3L10 4.800l3.200 4.500 3.400-3-1.300 8.900H4.700z" />,
  chat: (
    <path d="M3.5 6A2.5 2.5 0 0 1 6 3.5h8A2.5 2.5 0 0 1 16.5 6v5.5A2.5 2.5 0 0 1 14 14H9l-3.7 2.800c-.3.2-.8 0-.8-.4v-2.800a2 2 0 0 1-1-1.800z" />
  ),
  bell: (
    <path d="M5.5 8.5a4.500 4.500 0 0 1 9 0c0 4 1.700 5 1.700 5H3.800s1.700-1 1.700-5ZM8.500 16.300a1.700 1.700 0 0 0 3 0" />
  ),
  bellOff: (
    <path d="M14.500 8.500A4.500 4.500 0 0 0 7 5.200M5.600 8c0 4.500-1.800 5.500-1.800 5.500h9.700M8.500 16.300a1.700 1.700 0 0 0 3 0M3.500 3.500l13 13" />
  ),
  signOut: (
    <path d="M8.5 16.5H6A2 2 0 0 1 4 14.5v-9a2 2 0 0 1 2-2h2.5M13 13.5l3.5-3.5L13 6.5M16.3 10H8.5" />
  ),
  settings: (
    <path d="M3.5 6.5h6m4.5 0h2.5M3.5 13.5h2.5m4.5 0h6M14 6.5a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0ZM10.4 13.5a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0Z" />
  ),
  screen: (
    <path d="M5 4h10a1.5 1.5 0 0 1 1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 12V5.5A1.5 1.5 0 0 1 5 4ZM7.5 16.5h5M10 13.5v3" />
  ),
  sun: (
    <path d="M13.2 10a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0ZM10 2.8v1.4M10 15.8v1.4M2.8 10h1.4M15.8 10h1.4M4.9 4.9l1 1M14.1 14.1l1 1M15.1 4.9l-1 1M5.9 14.1l-1 1" />
  ),
  moon: <path d="M16.3 11.6A6.6 6.6 0 0 1 8.4 3.7a6.6 6.6 0 1 0 7.9 7.9Z" />,
  camera: (
    <path d="M5 6.5h1.7L8 4.5h4l1.3 2H15A1.5 1.5 0 0 1 16.5 8v6a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 14V8A1.5 1.5 0 0 1 5 6.5Zm7.7 4.3a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0Z" />
  ),
  more: <path d="M10 5.2v.1M10 10v.1M10 14.7v.1" />,
  link: (
    <path d="m8.5 11.5 3-3M9 6.5l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M11 13.5l-2 2A3.2 3.2 0 0 1 4.5 11l2-2" />
  ),
  info: <path d="M10 9.3v4.2M10 6.6v.1M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z" />,
  eye: (
    <path d="M2.5 10S5.2 5.2 10 5.2 17.5 10 17.5 10 14.8 14.8 10 14.8 2.5 10 2.5 10Zm9.7 0a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0Z" />
  ),
  // Another shape than `checks`, since colour alone says nothing to some.
  read: (
    <>
      <rect x="0.5" y="3.5" width="19" height="13" rx="6.5" fill="currentColor" stroke="none" />
      <path
        stroke="var(--natter-tick-hole, var(--natter-bubble, var(--natter-surface)))"
        d="m3.8 10.3 2.3 2.3 4.6-5.4M9.6 11.9l.7.7 4.8-5.4"
      />
    </>
  ),
} as const;

export type IconName = keyof typeof paths;

/** These follow the line: to what was before, and to what comes next. */
const pointing: ReadonlySet<IconName> = new Set(['back', 'send', 'signOut', 'compose', 'chat']);

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="natter-icon"
      data-points={pointing.has(name) || undefined}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths[name]}
    </svg>
  );
}
