import type { RefObject } from 'react';
import type { ReportModel } from '../model/report-model.ts';
import type { Route } from '../model/route.ts';
import { goTo } from './use-address.ts';
import { useKeys } from './use-keys.ts';

interface Shortcuts {
  readonly model: ReportModel;
  readonly route: Route;
  readonly open: number | null;
  readonly exemplarAt: number;
  readonly showExemplar: (at: number) => void;
  readonly filter: RefObject<HTMLInputElement | null>;
  readonly mapHost: RefObject<HTMLDivElement | null>;
  readonly lasso: boolean;
  readonly toggleLasso: () => void;
  readonly lassoOff: () => void;
  readonly nextTheme: () => void;
  readonly help: () => void;
  readonly stepLevel: (by: 1 | -1) => void;
}

/** Keyboard shortcuts. On the overview, j and k move the focus along the list; on a page, they go to the next or previous cause. */
export function useShortcuts(page: Shortcuts): void {
  const { model, route, open } = page;
  const exemplars =
    route.kind === 'cluster' && open !== null ? model.clusters[open]?.exemplars : [];
  const step = (by: 1 | -1): void => {
    if (route.kind === 'overview') focusRow(by);
    else openAt(model, open === null ? 0 : open + by, 'replace');
  };
  const exemplar = (by: 1 | -1): void => {
    const at = page.exemplarAt + by;
    if (at >= 0 && at < (exemplars?.length ?? 0)) page.showExemplar(at);
  };
  const back = (): void => {
    if (page.lasso) page.lassoOff();
    else if (route.kind === 'trace' && open !== null) openAt(model, open, 'push');
    else if (route.kind !== 'overview') {
      goTo(model.address({ kind: 'overview' }));
      requestAnimationFrame(() => rowOf(open ?? 0)?.focus());
    }
  };
  const digits = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [String(i + 1), () => openAt(model, i, 'push')]),
  );
  useKeys({
    ...digits,
    j: () => step(1),
    k: () => step(-1),
    // Up and down scroll an open page.
    [route.kind === 'overview' ? 'ArrowDown' : 'ArrowRight']: () => step(1),
    [route.kind === 'overview' ? 'ArrowUp' : 'ArrowLeft']: () => step(-1),
    Escape: back,
    '[': () => exemplar(-1),
    ']': () => exemplar(1),
    e: nextEvidence,
    c: () => document.querySelector<HTMLElement>('.trace-head .button')?.click(),
    n: () => goTo(model.address({ kind: 'noise' })),
    '/': () => page.filter.current?.focus(),
    m: () => page.mapHost.current?.focus(),
    l: page.toggleLasso,
    t: page.nextTheme,
    '<': () => page.stepLevel(-1),
    '>': () => page.stepLevel(1),
    '?': page.help,
  });
}

function openAt(model: ReportModel, position: number, how: 'push' | 'replace'): void {
  const cluster = model.clusters[position];
  if (cluster !== undefined) goTo(model.address({ kind: 'cluster', id: cluster.id }), how);
}

function focusRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.row')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

const rowOf = (position: number): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.row[data-cluster="${position}"]`);

/** Moves the focus to the next piece of evidence, and from the last to the first. */
function nextEvidence(): void {
  const marks = [...document.querySelectorAll<HTMLElement>('mark[data-evidence]')];
  const at = marks.indexOf(document.activeElement as HTMLElement);
  const next = marks[(at + 1) % Math.max(1, marks.length)];
  next?.scrollIntoView({ block: 'center' });
  next?.focus({ preventScroll: true });
}
