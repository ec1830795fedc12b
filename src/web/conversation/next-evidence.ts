/** Moves the focus to the next piece of evidence, and from the last to the first. */
export function nextEvidence(): void {
  const marks = [...document.querySelectorAll<HTMLElement>('mark[data-evidence]')];
  const at = marks.indexOf(document.activeElement as HTMLElement);
  const next = marks[(at + 1) % Math.max(1, marks.length)];
  next?.scrollIntoView({ block: 'center' });
  next?.focus({ preventScroll: true });
}
