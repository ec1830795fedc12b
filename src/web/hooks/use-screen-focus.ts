import { useEffect, useRef } from 'react';

interface Box {
  readonly current: HTMLElement | null;
}

/**
 * A new screen starts at its top, with the focus on its title, or on the item that the user comes back from, one of
 * `links`. The first one leaves the focus alone, and so does one that comes while the user is already typing. Where what
 * had the focus goes away, with its dialog, its row, or a page that was still loading, the title takes it.
 */
export function useScreenFocus(main: Box, page: string, links: string): void {
  const shown = useRef(page);
  useEffect(() => {
    const before = shown.current;
    if (before === page) return;
    shown.current = page;
    main.current?.scrollTo(0, 0);
    if (document.activeElement?.matches('input') === true) return;
    const all = main.current?.querySelectorAll<HTMLElement>(links) ?? [];
    const back = [...all].find((link) => link.getAttribute('href')?.split('?')[0] === before);
    (back ?? titleOf(main))?.focus({ preventScroll: back === undefined });
  }, [main, page, links]);
  useLostFocus(main);
}

const titleOf = (main: Box): HTMLElement | null =>
  main.current?.querySelector<HTMLElement>('h1') ?? null;

/** Gives the title what nothing has any more. */
function useLostFocus(main: Box): void {
  useEffect(() => {
    if (main.current === null) return;
    let last: Node | null = null;
    const keep = ({ target }: FocusEvent): void => {
      last = target instanceof Node ? target : null;
    };
    const observer = new MutationObserver(() => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return;
      titleOf(main)?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', keep);
    observer.observe(main.current, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', keep);
      observer.disconnect();
    };
  }, [main]);
}
