import { type ReactNode, useMemo, useRef, useState } from 'react';
import { plural } from '../../../../text/format.ts';
import { notify } from '../../../hooks/notice.ts';
import { goTo } from '../../../hooks/use-hash.ts';
import { useKeys } from '../../../hooks/use-keys.ts';
import type { Scheme } from '../../../parts/palette.ts';
import { Segments } from '../../../parts/Segments.tsx';
import type { MapController } from '../../../report/map/map-controller.ts';
import { insideArea } from '../../../report/model/area.ts';
import { emphasisOf } from '../../../report/model/emphasis.ts';
import { mapColors } from '../../../report/model/map-colors.ts';
import { MapLegend } from '../../../report/views/map/MapLegend.tsx';
import { MapPanel } from '../../../report/views/map/MapPanel.tsx';
import { mapKeys } from '../../../report/views/map/map-keys.ts';
import type { DiffModel, Sides } from '../../model/diff-model.ts';
import { diffHash } from '../../model/diff-route.ts';

/** All failures of both sides by likeness, with a switch: before, after, both. */
export function DiffMap(props: {
  readonly model: DiffModel;
  readonly sides: Sides;
  readonly scheme: Scheme;
}): ReactNode {
  const { model, sides, scheme } = props;
  const { diff, report, sideOf } = model;
  const [peek, setPeek] = useState<number | null>(null);
  const [pinned, setPinned] = useState<number | null>(null);
  const [lasso, setLasso] = useState(false);
  const host = useRef<HTMLElement>(null);
  const controller = useRef<MapController | null>(null);
  const keep = useMemo(
    () => Uint8Array.from(sideOf, (side) => (sides === 'both' || side === sides ? 1 : 0)),
    [sideOf, sides],
  );
  const colors = useMemo(() => mapColors(report, 'cause', scheme), [report, scheme]);
  const entries = useMemo(
    () =>
      colors.entries.map((entry) => {
        const rows = report.members[Number(entry.value)] ?? report.noise;
        return { ...entry, failures: rows.filter((row) => keep[row] === 1).length };
      }),
    [colors, report, keep],
  );
  const shown = peek ?? pinned;
  const emphasis = useMemo(
    () =>
      emphasisOf(report, {
        peek: shown,
        trace: null,
        keep,
        keepPassing: new Uint8Array(report.passing.length),
      }),
    [report, shown, keep],
  );
  const countOf = (side: 'before' | 'after', inside?: Uint8Array): number =>
    sideOf.filter((each, row) => each === side && inside?.[row] !== 0).length;
  const toSides = (to: Sides): void => goTo(diffHash({ kind: 'map', sides: to }), 'replace');
  useKeys({
    ...mapKeys(controller),
    l: () => setLasso(!lasso),
    b: () => toSides(NEXT[sides]),
    '1': () => toSides('before'),
    '2': () => toSides('after'),
    '3': () => toSides('both'),
  });
  const isTwoSided = countOf('before') > 0 && countOf('after') > 0;
  return (
    <>
      <div className="map-head">
        <h1 tabIndex={-1}>
          {plural(keep.filter((each) => each === 1).length, 'failure')}{' '}
          {sides === 'both' ? 'of both sides' : `of ${diff[sides].name}`} by likeness
        </h1>
        {isTwoSided && (
          <div className="map-choices">
            <Segments
              label="Failures of"
              chosen={sides}
              onChoose={toSides}
              options={[
                { value: 'before', text: diff.before.name },
                { value: 'after', text: diff.after.name },
                { value: 'both', text: 'both' },
              ]}
            />
          </div>
        )}
      </div>
      <div className="map-frame">
        <MapPanel
          model={report}
          scheme={scheme}
          colors={colors}
          emphasis={emphasis}
          badges
          open={shown}
          lasso={lasso}
          onLassoMode={setLasso}
          onPeek={setPeek}
          controller={controller}
          host={host}
          onChoose={(path) => {
            setLasso(false);
            const inside = insideArea(report, path);
            notify(
              `Inside: ${countOf('before', inside)} of ${diff.before.name}, ${countOf('after', inside)} of ${diff.after.name}`,
            );
          }}
        />
        <MapLegend
          by="cause"
          entries={entries}
          pinned={pinned === null ? null : String(pinned)}
          causeHref={(at) => {
            const cluster = report.clusters[at];
            return diffHash(
              cluster === undefined
                ? { kind: 'home', query: '' }
                : { kind: 'cause', id: cluster.id },
            );
          }}
          onPeek={setPeek}
          onPin={(value) => setPinned(pinned === Number(value) ? null : Number(value))}
        />
      </div>
      <p className="small dim map-note">
        Near points are alike.{' '}
        {!isTwoSided
          ? 'Only one side has failures here.'
          : `${sides === 'both' ? '' : 'Failures of the other side are pale. '}Hold Shift and draw to count both sides in an area.`}
      </p>
    </>
  );
}

const NEXT = { before: 'after', after: 'both', both: 'before' } as const;
