import { type RefObject, useEffect, useState } from 'react';

const OVERSCAN = 6;
const FIRST = 30;

/** The rows of equal height that a box shows, and a few around them. Off, it does nothing. */
export function useSeenRows(
  box: RefObject<HTMLElement | null>,
  isOn: boolean,
  rowHeight: number,
): { readonly from: number; readonly to: number } {
  const [seen, setSeen] = useState({ from: 0, to: FIRST });
  useEffect(() => {
    const element = box.current;
    if (element === null || !isOn) return;
    const measure = (): void => {
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - OVERSCAN);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + OVERSCAN;
      setSeen((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      sizes.disconnect();
    };
  }, [box, isOn, rowHeight]);
  return seen;
}
