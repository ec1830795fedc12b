import type { ReactNode } from 'react';
import { count, percent, plural } from '../../../../text/format.ts';
import { ShareBar } from '../../../parts/ShareBar.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';

const STAGES: Readonly<Record<string, string>> = {
  received: 'read',
  eligible: 'usable',
  failed: 'failed',
  sampled: 'looked at',
  embedded: 'compared with each other',
  clustered: 'in a group of alike failures',
  labeled: 'with a title',
};

/** How much of the input stands behind the page: one sentence, and every stage with the reasons for what was left out. */
export function Coverage(props: {
  readonly model: ReportModel;
  readonly sentence: string;
}): ReactNode {
  const { model, sentence } = props;
  return (
    <details className="coverage">
      <summary>
        <span>{coverageText(model, sentence)}</span>
      </summary>
      <div className="coverage-box">
        <CoverageStages model={model} />
      </div>
    </details>
  );
}

/** The sentence of the coverage, with what could not be read. */
export function coverageText({ analysis }: ReportModel, sentence: string): string {
  const broken = analysis.files.reduce((sum, file) => sum + file.broken, 0);
  return `${sentence}.${broken > 0 ? ` ${plural(broken, 'record')} could not be read.` : ''}`;
}

/** Every stage from what was read to a title, with the reasons for what was left out. */
export function CoverageStages(props: { readonly model: ReportModel }): ReactNode {
  const { analysis } = props.model;
  const link = useLink();
  const whole = Math.max(1, analysis.funnel[0]?.count ?? 1);
  const { problemCount, suspects } = analysis;
  return (
    <>
      <ol>
        {analysis.funnel.map((stage) => (
          <li key={stage.name}>
            <span>{STAGES[stage.name] ?? stage.name}</span>
            <b className="num">{count(stage.count)}</b>
            <ShareBar share={stage.count / whole} soft={stage.name === 'received'} />
            <span className="dim small">
              {stage.dropped
                .filter((drop) => drop.count > 0)
                .map((drop) => `${count(drop.count)} ${drop.reason}`)
                .join(', ')}
            </span>
          </li>
        ))}
      </ol>
      <p className="small dim">
        {plural(analysis.files.length, 'file')}.{' '}
        {problemCount === 0
          ? 'No broken lines. '
          : `${plural(problemCount, 'problem')} while reading. `}
        {suspects.count > 0 &&
          `${plural(suspects.count, 'suspect')} (${percent(suspects.count / whole)}) not counted as failed. `}
        <a className="link" href={link({ kind: 'run' })}>
          How this was made
        </a>
      </p>
    </>
  );
}
