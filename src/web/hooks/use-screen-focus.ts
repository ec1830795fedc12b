import { useEffect, useRef } from 'react';

/**
 * A new screen starts at its top, with the focus on its title, or on the item that the user comes back from, one of
 * `links`. The first
 * one leaves the focus alone, and so does one that comes while the user is already typing.
 */
export function useScreenFocus(
  main: { readonly current: HTMLElement | null },
  page: string,
  links: string,
): void {
  const shown = useRef(page);
  useEffect(() => {
    const before = shown.current;
    if (before === page) return;
    shown.current = page;
    main.current?.scrollTo(0, 0);
    if (document.activeElement?.matches('input') === true) return;
    const all = main.current?.querySelectorAll<HTMLElement>(links) ?? [];
    const back = [...all].find((link) => link.getAttribute('href')?.split('?')[0] === before);
    const heading = main.current?.querySelector<HTMLElement>('h1');
    (back ?? heading)?.focus({ preventScroll: back === undefined });
  }, [main, page, links]);
}
