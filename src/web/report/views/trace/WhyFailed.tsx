import type { ReactNode } from 'react';
import type { AnalyzedFailure } from '../../../../contract/analyzed-failure.ts';
import { percent } from '../../../../text/format.ts';
import { shownQuote } from '../../../../text/shown-quote.ts';
import { statementText } from '../../../../text/statement.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Evidence } from '../../../parts/Evidence.tsx';
import { markedLine } from '../../model/evidence-line.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { withPeriod } from '../../model/with-period.ts';
import { wordsOf } from '../../model/words.ts';

/** Every signal of a trace, with how sure it is, how often its rule was right here, and the quotes that no message shows. */
export function WhyFailed(props: {
  readonly model: ReportModel;
  readonly failure: AnalyzedFailure;
}): ReactNode {
  const { model, failure } = props;
  const hasMessages = model.traceById.has(failure.traceId);
  if (failure.signals.length === 0) return null;
  return (
    <Card title={wordsOf(model.analysis).isAll ? 'Signals' : 'Why it counts as failed'}>
      <dl className="pairs signals">
        {failure.signals.map((signal) => (
          <div key={[signal.detector, signal.category, ...signal.cause].join(' ')}>
            <dt>
              {signal.detector.replaceAll('_', ' ')}
              <small>{sureness(model, signal)}</small>
            </dt>
            <dd>
              <Coded text={withPeriod(statementText(signal.statement))} />
              {!hasMessages &&
                signal.evidence.map((piece) => (
                  <p key={`${piece.path}${piece.quote}`}>
                    <Evidence line={markedLine(shownQuote(piece), piece.quote)} />
                  </p>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function sureness(model: ReportModel, signal: AnalyzedFailure['signals'][number]): string {
  const detector = model.analysis.detectors.find(({ id }) => id === signal.detector);
  const { precision = null, openData = null } = detector ?? {};
  if (precision !== null && precision.flagged > 0)
    return `${percent(precision.failed / precision.flagged)} right here`;
  if (openData !== null && openData.flagged > 0)
    return `${percent(openData.right / openData.flagged)} right on open data`;
  return signal.confidence < 1 ? `${percent(signal.confidence)} sure` : 'recorded or proven';
}
