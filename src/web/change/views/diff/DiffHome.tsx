import { type ReactNode, useMemo, useRef } from 'react';
import type { DiffSide } from '../../../../contract/diff.ts';
import { diffMarkdown } from '../../../../handoff/handoff.ts';
import { percent, percentRange, plural } from '../../../../text/format.ts';
import { statementText } from '../../../../text/statement.ts';
import { copy } from '../../../hooks/copy.ts';
import { useKeys } from '../../../hooks/use-keys.ts';
import { Button } from '../../../parts/Button.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { type CauseGroup, type DiffModel, matching } from '../../model/diff-model.ts';
import { attributeWords } from '../../model/state-words.ts';
import { Remarks } from '../Remarks.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { SlopeChart } from './SlopeChart.tsx';
import { Alarms, Traffic } from './Traffic.tsx';
import { WhatDiffers } from './WhatDiffers.tsx';

/** What changed: the sentence, every cause with both rates, what differs for those that grew, and the traffic. */
export function DiffHome(props: {
  readonly model: DiffModel;
  readonly query: string;
  readonly open: ReadonlySet<CauseGroup['key']>;
  /** Null: all. */
  readonly onToggle: (key: CauseGroup['key'] | null) => void;
  /** Before the other cards beside the list. */
  readonly side?: ReactNode;
}): ReactNode {
  const { model, query, open, onToggle, side } = props;
  const { diff, groups, causes } = model;
  const page = useRef<HTMLDivElement>(null);
  const found = useMemo(() => matching(causes, query), [causes, query]);
  const grown = causes.filter(({ differs }) => differs.length > 0);
  const copyText = (): void => copy(diffMarkdown(diff), 'Copied as Markdown');
  const step = (by: 1 | -1): void => {
    const links = [...(page.current?.querySelectorAll<HTMLElement>('.cause-link') ?? [])].filter(
      (link) => link.checkVisibility(),
    );
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys({
    ...(causes.length > 0 && {
      'j ArrowDown': () => step(1),
      'k ArrowUp': () => step(-1),
      u: () => onToggle(null),
    }),
    y: copyText,
    ...(grown.length > 0 && {
      w: () => page.current?.querySelector('.what-differs')?.scrollIntoView(),
    }),
  });
  return (
    <div ref={page}>
      <p className="crumbs">
        Compare / {attributeWords(diff.by)}
        <span className="crumbs-end actions">
          <Button shortcut="y" onPress={copyText}>
            Copy for the pull request
          </Button>
        </span>
      </p>
      <h1 tabIndex={-1} className="change-title">
        <Coded text={statementText(diff.headline)} />
      </h1>
      <p className="change-sides">
        <SideText side={diff.before} />; <SideText side={diff.after} />.
      </p>
      <Alarms diff={diff} />
      {causes.length === 0 ? (
        <Empty title="No failures on either side">
          <p>
            Nothing failed in {plural(diff.before.traces + diff.after.traces, 'trace')}. Where
            scores tell what is good, give a rule: culprit diff … --score "name&lt;0.7"
          </p>
        </Empty>
      ) : (
        <div className="columns">
          <div className="stack">
            {found.length === 0 ? (
              <Empty title={`No cause has “${query}”`}>
                <p>Esc in the search clears it.</p>
              </Empty>
            ) : (
              <ChangeTable
                diff={diff}
                groups={groups}
                query={query}
                open={open}
                onToggle={onToggle}
              />
            )}
            <WhatDiffers causes={grown} side={diff.after.name} withTitles />
          </div>
          <div className="stack">
            {side}
            <SlopeChart diff={diff} causes={causes} />
            <Traffic diff={diff} />
            <Remarks remarks={diff.remarks} />
          </div>
        </div>
      )}
    </div>
  );
}

function SideText(props: { readonly side: DiffSide }): ReactNode {
  const { name, traces, failed, ratePerThousand, rateInterval } = props.side;
  return (
    <span>
      <b>{name}</b>: {plural(traces, 'trace')}, {traces === 0 ? 'none' : percent(failed / traces)}{' '}
      failed
      {ratePerThousand !== null && rateInterval !== null && traces > 0 && (
        <span className="dim">
          {' '}
          ({percentRange([rateInterval[0] / 1000, rateInterval[1] / 1000])})
        </span>
      )}
    </span>
  );
}
