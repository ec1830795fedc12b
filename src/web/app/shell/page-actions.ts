/** Something that a page can do, by a button in sight. */
export interface PageAction {
  readonly label: string;
  /** The key that does the same; null for none. */
  readonly key: string | null;
  readonly run: () => void;
}

/** Rows of a list may have a button each. */
const MOST = 60;

/** What the buttons of the page do now, each name once. */
export function pageActions(page: ParentNode = document): readonly PageAction[] {
  const buttons = page.querySelectorAll<HTMLButtonElement>('.main button:not(:disabled)');
  const actions = new Map<string, PageAction>();
  for (const button of buttons) {
    if (actions.size === MOST) break;
    if (!button.checkVisibility()) continue;
    const label = nameOf(button);
    if (label === '' || actions.has(label)) continue;
    const key = button.getAttribute('aria-keyshortcuts');
    actions.set(label, { label, key, run: () => button.click() });
  }
  return [...actions.values()];
}

/** As it is read out, without the key. */
function nameOf(button: HTMLButtonElement): string {
  const own = [...button.childNodes]
    .filter((node) => node.nodeName !== 'KBD')
    .map((node) => node.textContent ?? '')
    .join('');
  const group = button.closest('fieldset[aria-label]')?.getAttribute('aria-label') ?? '';
  const name = button.getAttribute('aria-label') ?? own.replaceAll(/\s+/g, ' ').trim();
  const isChoice = button.hasAttribute('aria-pressed') && button.closest('.segments') !== null;
  return isChoice ? `${group}: ${name}` : name;
}
