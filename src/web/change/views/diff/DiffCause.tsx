import { type ReactNode, useState } from 'react';
import type { CauseChange } from '../../../../contract/diff.ts';
import { count, plural } from '../../../../text/format.ts';
import { nextEvidence } from '../../../conversation/next-evidence.ts';
import { goTo } from '../../../hooks/use-hash.ts';
import { useKeys } from '../../../hooks/use-keys.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Segments } from '../../../parts/Segments.tsx';
import { Severity } from '../../../parts/Severity.tsx';
import { TraceList } from '../../../report/views/list/TraceList.tsx';
import type { DiffModel, Sides } from '../../model/diff-model.ts';
import { diffHash, HOME } from '../../model/diff-route.ts';
import { ChangeFigures } from './ChangeFigures.tsx';
import type { DiffAdditions } from './diff-additions.ts';
import { Exemplars } from './Exemplars.tsx';
import { LikeWithLike } from './LikeWithLike.tsx';
import { StateTags } from './StateTags.tsx';
import { WhatDiffers } from './WhatDiffers.tsx';

/** One cause: its rates on both sides, failures of both beside each other, and what differs. */
export function DiffCause(props: {
  readonly model: DiffModel;
  readonly id: string;
  readonly additions?: Pick<DiffAdditions, 'cause' | 'besideCause'> | undefined;
}): ReactNode {
  const { model, id, additions } = props;
  const { diff, causes, causeById, members, sideOf, report } = model;
  const cause = causeById.get(id);
  const at = cause === undefined ? -1 : causes.indexOf(cause);
  const [sides, setSides] = useState<Sides>('both');
  const [places, setPlaces] = useState({ before: 0, after: 0 });
  const turn = (side: 'before' | 'after', by: 1 | -1): void => {
    const last = (cause?.[side].exemplars.length ?? 1) - 1;
    setPlaces((old) => ({ ...old, [side]: Math.min(last, Math.max(0, old[side] + by)) }));
  };
  const step = (by: 1 | -1): void => {
    const next = at < 0 ? undefined : causes[at + by];
    if (next !== undefined) goTo(diffHash({ kind: 'cause', id: next.id }), 'replace');
  };
  useKeys({
    'j ArrowRight': () => step(1),
    'k ArrowLeft': () => step(-1),
    '{': () => turn('before', -1),
    '}': () => turn('before', 1),
    '[': () => turn('after', -1),
    ']': () => turn('after', 1),
    e: nextEvidence,
  });
  if (cause === undefined)
    return (
      <>
        <h1 tabIndex={-1}>No such cause in this comparison</h1>
        <Empty title="The link leads to another report">
          <p>
            <a className="link" href={diffHash(HOME)}>
              All causes
            </a>
          </p>
        </Empty>
      </>
    );
  const rows = members.get(id) ?? [];
  const isTwoSided = new Set(rows.map((row) => sideOf[row])).size > 1;
  const shown = rows.filter((row) => sides === 'both' || sideOf[row] === sides);
  return (
    <article>
      <p className="crumbs">
        <a href={diffHash(HOME)}>Compare</a> / {count(at + 1)} of {plural(causes.length, 'cause')}
      </p>
      <h1 tabIndex={-1}>
        <Coded text={cause.title} />
      </h1>
      <p className="meta cause-meta">
        <StateTags cause={cause} />
        {cause.severity !== null && <Severity value={cause.severity} />}
        {cause.layer !== 'unknown' && (
          <span>
            Fix in <b>{cause.layer}</b>
          </span>
        )}
        <span className="dim">{meaning(cause, diff.before.name, diff.after.name)}</span>
        {additions?.cause(cause)}
      </p>
      <ChangeFigures diff={diff} cause={cause} />
      <Exemplars model={model} cause={cause} places={places} onTurn={turn} />
      <div className="columns change-columns">
        <div className="stack">
          <WhatDiffers causes={[cause]} side={diff.after.name} withTitles={false} />
          {rows.length > 0 && (
            <Card
              title={
                <>
                  Its failures <span className="dim">{count(shown.length)}</span>
                </>
              }
              aside={
                isTwoSided && (
                  <Segments
                    label="Failures of"
                    chosen={sides}
                    onChoose={setSides}
                    options={[
                      { value: 'both', text: 'both' },
                      { value: 'before', text: diff.before.name },
                      { value: 'after', text: diff.after.name },
                    ]}
                  />
                )
              }
              flush
            >
              <TraceList
                model={report}
                failures={shown}
                label="Failures of this cause"
                withCause={false}
              />
            </Card>
          )}
        </div>
        <div className="stack">
          {additions?.besideCause(cause)}
          <LikeWithLike cause={cause} />
        </div>
      </div>
    </article>
  );
}

/** The state in words. */
function meaning(cause: CauseChange, before: string, after: string): string {
  if (cause.isMix)
    return 'The traffic of the two sides is not the same: with the same mix the rates say something else.';
  switch (cause.state) {
    case 'new':
      return `In ${after}, and surely less than a tenth as often in ${before}.`;
    case 'gone':
      return `In ${before}, and surely less than a tenth as often in ${after}.`;
    case 'grown':
      return `More often in ${after} than in ${before}, beyond chance.`;
    case 'shrunk':
      return `Less often in ${after} than in ${before}, beyond chance.`;
    case 'same':
      return 'It has neither doubled nor halved.';
    case 'cannot tell':
      return cause.needed === null
        ? 'The difference may be chance.'
        : `The difference may be chance; about ${count(cause.needed)} more traces on each side would tell.`;
  }
}
