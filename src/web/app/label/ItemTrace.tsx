import { type ReactNode, useMemo } from 'react';
import { duration, plural } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { Card } from '../../parts/Card.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { Conversation } from '../../report/views/trace/Conversation.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { useTrace } from '../client/queries.ts';
import { useTitles } from '../decide/use-titles.ts';
import { traceModel } from '../trace/trace-model.ts';
import { pathOf } from '../workspace/addresses.ts';
import type { QueueItem } from './label-queries.ts';
import { reasonText } from './reason-text.ts';
import type { Code } from './use-labeling.ts';

/** The trace of an item with its evidence, why it is here, and the words that were coded. */
export function ItemTrace(props: {
  readonly item: QueueItem;
  readonly codes: readonly Code[];
  readonly onUncode: (at: number) => void;
}): ReactNode {
  const { item, codes, onUncode } = props;
  const { project } = useAsking();
  const titleOf = useTitles();
  const { data: stored, error } = useTrace(item.subject);
  const model = useMemo(() => {
    if (stored === undefined) return null;
    // Evidence is a verdict: blind, there is none.
    return traceModel(null, item.isBlind ? { ...stored, summary: null, signals: [] } : stored);
  }, [stored, item.isBlind]);
  const { summary = null, trace } = stored ?? {};
  return (
    <Card
      title={`Trace ${item.subject.slice(0, 8)}`}
      aside={
        <a
          className="link"
          href={pathOf(project, `/traces/${encodeURIComponent(item.subject.toWellFormed())}`)}
        >
          Open trace
        </a>
      }
      flush
      className="label-trace"
    >
      {summary !== null && (
        <p className="label-facts dim">
          {[
            moment(Date.parse(summary.start)),
            summary.promptVersion,
            summary.tenant,
            duration(summary.durationMs),
            plural(summary.spans, 'step'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <p className="label-why">
        {item.isBlind ? (
          'Blind: why it is here shows once all have answered.'
        ) : (
          <>
            Why you see this:{' '}
            {item.reasons.map((reason) => (
              <Tag key={reasonText(reason)}>{reasonText(reason, titleOf)}</Tag>
            ))}
          </>
        )}
      </p>
      {error !== null && stored === undefined && (
        <p className="card-note">{reasonOf(error)}. Put it off with d, or call it a bad item.</p>
      )}
      {model !== null && trace !== undefined && (
        <div className="label-words">
          <Conversation model={model} id={trace.id} selected={null} />
        </div>
      )}
      {codes.length > 0 && (
        <ul className="codes" aria-label="Coded by you">
          {codes.map(({ code, quote }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words can be coded twice
            <li key={at}>
              <button type="button" className="chip" onClick={() => onUncode(at)}>
                <span>{code} ×</span>
              </button>{' '}
              <q dir="auto">{quote.slice(0, 160)}</q>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
