import { type ReactNode, useMemo, useRef, useState } from 'react';
import { count, plural } from '../../../../text/format.ts';
import { useKeys } from '../../../hooks/use-keys.ts';
import type { Scheme } from '../../../parts/palette.ts';
import { useLink, useNavigation } from '../../hooks/links.ts';
import type { MapController } from '../../map/map-controller.ts';
import { emphasisOf } from '../../model/emphasis.ts';
import type { Levels } from '../../model/levels.ts';
import {
  type ColorBy,
  colorByLabel,
  colorings,
  isOrdered,
  mapColors,
} from '../../model/map-colors.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { fewCorners, type Scope } from '../../model/scope.ts';
import type { Scoped } from '../../model/scoped.ts';
import type { Scores } from '../../model/score-steps.ts';
import { wordsOf } from '../../model/words.ts';
import { LevelSwitch } from '../home/LevelSwitch.tsx';
import { MapLegend } from './MapLegend.tsx';
import { MapPanel } from './MapPanel.tsx';
import { mapKeys } from './map-keys.ts';

/** All failures by likeness, colored by cause, version, tenant, model, signal or time; passing traces are faint. */
export function MapPage(props: {
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly scope: Scope;
  readonly passing: Uint8Array;
  readonly scheme: Scheme;
  readonly onScope: (scope: Scope) => void;
  readonly levels: Levels['all'];
  readonly onLevel: (level: number) => void;
  readonly scores?: Scores;
}): ReactNode {
  const { model, scoped, scope, passing, scheme, onScope, levels, onLevel, scores } = props;
  const link = useLink();
  const { go, href } = useNavigation();
  const [by, setBy] = useState<ColorBy>('cause');
  const [peek, setPeek] = useState<number | null>(null);
  const [pinned, setPinned] = useState<number | null>(null);
  const [withPassing, setWithPassing] = useState(true);
  const [lasso, setLasso] = useState(false);
  const host = useRef<HTMLElement>(null);
  const controller = useRef<MapController | null>(null);
  const words = wordsOf(model.analysis);
  const choices = useMemo(() => colorings(model, scores), [model, scores]);
  const colors = useMemo(() => mapColors(model, by, scheme, scores), [model, by, scheme, scores]);
  const shownPeek = by === 'cause' ? (peek ?? pinned) : null;
  const emphasis = useMemo(
    () =>
      emphasisOf(model, {
        peek: shownPeek,
        trace: null,
        keep: scoped.keep,
        keepPassing: withPassing ? passing : new Uint8Array(model.passing.length),
      }),
    [model, shownPeek, scoped, passing, withPassing],
  );
  useKeys({
    ...mapKeys(controller),
    l: () => setLasso(!lasso),
    c: () => setBy(choices[(choices.indexOf(by) + 1) % choices.length] ?? 'cause'),
    'Escape Backspace': () => {
      if (lasso) setLasso(false);
      else if (pinned !== null) setPinned(null);
      else go(link({ kind: 'home' }));
    },
  });
  const choose = (path: readonly number[]): void => {
    setLasso(false);
    const there = { ...scope, area: fewCorners(path) };
    go(href({ route: { kind: 'traces' }, granularity: model.granularity, scope: there }));
  };
  return (
    <>
      <div className="map-head">
        <h1 tabIndex={-1}>
          {plural(scoped.sampled, words.failure)} by likeness
          {model.passing.length > 0 && (
            <span className="lead-counts"> and {count(model.passing.length)} that passed</span>
          )}
        </h1>
        <div className="map-choices">
          <LevelSwitch levels={levels} level={model.level} onLevel={onLevel} />
          <label htmlFor="color-by">Color by</label>
          <select
            id="color-by"
            value={by}
            aria-keyshortcuts="c"
            onChange={(event) => setBy(event.target.value as ColorBy)}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice === 'cause' ? words.cause : colorByLabel(choice)}
              </option>
            ))}
          </select>
          {model.passing.length > 0 && (
            <label>
              <input
                type="checkbox"
                checked={withPassing}
                onChange={(event) => setWithPassing(event.target.checked)}
              />{' '}
              passing traces
            </label>
          )}
        </div>
      </div>
      <div className="map-frame">
        <MapPanel
          model={model}
          scheme={scheme}
          colors={colors}
          emphasis={emphasis}
          badges={by === 'cause'}
          open={shownPeek}
          lasso={lasso}
          onLassoMode={setLasso}
          onPeek={setPeek}
          controller={controller}
          host={host}
          onChoose={choose}
        />
        <MapLegend
          by={by}
          entries={colors.entries}
          pinned={
            by === 'cause' ? (pinned === null ? null : String(pinned)) : chosenValue(scope, by)
          }
          causeHref={(at) => {
            const cluster = model.clusters[at];
            return cluster === undefined
              ? link({ kind: 'noise' })
              : link({ kind: 'cluster', id: cluster.id });
          }}
          onPeek={setPeek}
          onPin={(value) => {
            if (by === 'cause') setPinned(pinned === Number(value) ? null : Number(value));
            else if (!isOrdered(by))
              onScope({ ...scope, [by]: scope[by] === value ? null : value });
          }}
        />
      </div>
      <p className="small dim map-note">
        Near points are alike. Distances between far groups mean little. Hold Shift and draw, or
        press l and draw, to list what is inside.
      </p>
    </>
  );
}

const chosenValue = (scope: Scope, by: Exclude<ColorBy, 'cause'>): string | null =>
  isOrdered(by) ? null : scope[by];
