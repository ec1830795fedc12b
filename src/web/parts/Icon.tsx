import type { ReactNode } from 'react';

const PATHS = {
  home: 'M2 3.500h12M2 8h8M2 12.500h5',
  cause:
    'M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM8 6.200a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600Z',
  traces: 'M2 4h7M5 8h6M9 12h5',
  verdict: 'M3 8.500l3.300 3.300L13 4.500',
  map: 'M4 4.500h.01M6.500 7h.01M4.500 9h.01M11 3.500h.01M12.500 6h.01M10 12h.01M12.500 11h.01M8.500 13h.01M7 4h.01',
  run: 'M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM8 7.300v3.400M8 5.200v.01',
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM10.500 10.500l4 4',
  lasso:
    'M3.2 9.6C2.4 8.9 2 8.100 2 7.200 2 4.700 4.700 2.700 8 2.700s6 2 6 4.500-2.700 4.500-6 4.500c-.7 0-1.400-.1-2-.250M4.600 9.300a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3Zm.6 3c.3.900 0 1.600-.9 2',
  plus: 'M8 3.500v9M3.500 8h9',
  minus: 'M3.500 8h9',
  fit: 'M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10',
  auto: 'M8 2.500a5.500 5.500 0 1 0 0 11Zm0 0a5.500 5.500 0 0 1 0 11',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M12.600 3.400l-.7.7M4.100 11.900l-.7.7',
  dark: 'M13 9.700A5.500 5.500 0 0 1 6.300 3a5.500 5.500 0 1 0 6.700 6.700Z',
  label: 'M2.500 8V2.500H8L13.500 8 8 13.500ZM5.300 5.300h.01',
  activity: 'M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM8 5v3.300l2.300 1.500',
  send: 'M13.500 2.500 7 9M13.500 2.500l-4 11L7 9 2.500 6.500Z',
  previous: 'M10 3.500 5.500 8l4.500 4.500',
  next: 'M6 3.500 10.500 8 6 12.500',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative 16 px line icon; the button around it has the accessible name. */
export function Icon(props: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[props.name]} />
    </svg>
  );
}
