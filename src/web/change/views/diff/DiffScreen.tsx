import { type ReactNode, useState } from 'react';
import type { Scheme } from '../../../parts/palette.ts';
import { TracePage } from '../../../report/views/trace/TracePage.tsx';
import type { CauseGroup, DiffModel } from '../../model/diff-model.ts';
import type { DiffRoute } from '../../model/diff-route.ts';
import { DiffCause } from './DiffCause.tsx';
import { DiffHome } from './DiffHome.tsx';
import { DiffMap } from './DiffMap.tsx';
import type { DiffAdditions } from './diff-additions.ts';

type Open = ReadonlySet<CauseGroup['key']>;

/** A comparison: what changed, a cause, a trace, or the map, by the address. */
export function DiffScreen(props: {
  readonly model: DiffModel;
  readonly route: DiffRoute;
  readonly scheme: Scheme;
  readonly additions?: DiffAdditions;
}): ReactNode {
  const { model, route, scheme, additions } = props;
  const [open, setOpen] = useState<Open>(() => firstOpen(model));
  switch (route.kind) {
    case 'home':
      return (
        <DiffHome
          model={model}
          query={route.query}
          open={open}
          onToggle={(key) => setOpen(toggled(model, open, key))}
          side={additions?.side}
        />
      );
    case 'cause':
      return <DiffCause key={route.id} model={model} id={route.id} additions={additions} />;
    case 'trace':
      return <TracePage key={route.id} model={model.report} scoped={model.scoped} id={route.id} />;
    case 'map':
      return <DiffMap model={model} sides={route.sides} scheme={scheme} />;
  }
}

/** What changed is open; what may be chance only where nothing else is there. */
function firstOpen({ groups }: DiffModel): Open {
  const [first] = groups;
  return new Set(['changed', first?.key ?? 'changed']);
}

/** With one group folded or unfolded; null: all unfolded or, where they are, folded. */
function toggled({ groups }: DiffModel, open: Open, key: CauseGroup['key'] | null): Open {
  if (key !== null) return new Set([key]).symmetricDifference(open);
  const all = groups.map((group) => group.key);
  return new Set(all.every((each) => open.has(each)) ? (['changed'] as const) : all);
}
