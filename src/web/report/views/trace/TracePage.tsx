import { type ReactNode, useState } from 'react';
import type { ToolDefinition } from '../../../../contract/trace.ts';
import { count } from '../../../../text/format.ts';
import { nextEvidence } from '../../../conversation/next-evidence.ts';
import { copy } from '../../../hooks/copy.ts';
import { useKeys } from '../../../hooks/use-keys.ts';
import { Button } from '../../../parts/Button.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Icon } from '../../../parts/Icon.tsx';
import { useGo, useLink } from '../../hooks/links.ts';
import { numberedEvidence } from '../../model/evidence.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scoped, ScopedCause } from '../../model/scoped.ts';
import { traceLink } from '../../model/trace-link.ts';
import { wordsOf } from '../../model/words.ts';
import { PairView } from '../cause/PairView.tsx';
import { Conversation } from './Conversation.tsx';
import { RawJson } from './RawJson.tsx';
import { StepDetail } from './StepDetail.tsx';
import { Steps } from './Steps.tsx';
import { TraceFacts } from './TraceFacts.tsx';
import { WhyFailed } from './WhyFailed.tsx';

/** What a page with the whole recording adds to a trace. */
export interface TraceAdditions {
  readonly actions: ReactNode;
  /** Tools that were offered, whose schemas the arguments of calls are shown beside. */
  readonly tools: readonly ToolDefinition[];
  /** What was recorded of a step besides; of the trace for null. */
  readonly recorded: (span: string | null) => ReactNode;
}

/** One trace: its steps with time, tokens and errors, its conversation with evidence, and why it counts as failed. */
export function TracePage(props: {
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly id: string;
  readonly additions?: TraceAdditions;
}): ReactNode {
  const { model, scoped, id, additions } = props;
  const link = useLink();
  const go = useGo();
  const trace = model.traceById.get(id);
  const failure = model.failures[model.failureById.get(id) ?? -1];
  const cause = causeOf(model, scoped, id);
  const members = cause?.members ?? [];
  const at = members.findIndex((i) => model.failures[i]?.traceId === id);
  const pair = cause === null ? undefined : pairOf(model, cause, id);
  const spans = trace?.spans ?? [];
  const [selected, setSelected] = useState(() => firstError(model, id));
  const [raw, setRaw] = useState(false);
  const [beside, setBeside] = useState(false);
  const step = (by: 1 | -1): void =>
    setSelected((old) => Math.min(spans.length - 1, Math.max(0, (old ?? -by) + by)));
  const turn = (by: 1 | -1): void => {
    const next = model.failures[members[at + by] ?? -1];
    if (at >= 0 && next !== undefined) go(link({ kind: 'trace', id: next.traceId }), 'replace');
  };
  const copyId = (): void => copy(id, 'Copied the id');
  const causeHref = cause === null ? null : link({ kind: 'cluster', id: cause.cluster.id });
  const back = (): void => go(causeHref ?? link({ kind: 'traces' }));
  useKeys({
    ...(spans.length > 0 && { j: () => step(1), k: () => step(-1) }),
    ...(members.length > 1 && { 'n ArrowRight': () => turn(1), 'p ArrowLeft': () => turn(-1) }),
    e: nextEvidence,
    r: () => setRaw(!raw),
    b: pair && (() => setBeside(!beside)),
    y: copyId,
    g: back,
    'Escape Backspace': back,
  });
  if (failure === undefined && trace === undefined)
    return (
      <>
        <h1 tabIndex={-1}>No such trace in this report</h1>
        <Empty title="The linked trace is not in the sample">
          <p>
            <code>{id}</code>
          </p>
        </Empty>
      </>
    );
  const rank = cause === null ? -1 : scoped.ranked.indexOf(cause);
  const origin = traceLink(model.traceUrl, id);
  const evidence = numberedEvidence(model, id).length;
  const span = selected === null ? undefined : spans[selected];
  const words = wordsOf(model.analysis);
  return (
    <article className="trace-page">
      <p className="crumbs">
        {causeHref === null ? (
          <a href={link({ kind: 'traces' })}>Traces</a>
        ) : (
          <a href={causeHref}>
            {rank < 0 ? 'Not ranked' : `${words.Causes.replace(/s$/, '')} ${rank + 1}`}
          </a>
        )}{' '}
        / Trace {at >= 0 && `${count(at + 1)} of ${count(members.length)}`}
        {members.length > 1 && (
          <>
            <TurnButton by={-1} disabled={at <= 0} onTurn={turn} />
            <TurnButton by={1} disabled={at < 0 || at >= members.length - 1} onTurn={turn} />
          </>
        )}
        <span className="crumbs-end actions">
          {pair !== undefined && (
            <Button shortcut="b" pressed={beside} onPress={() => setBeside(!beside)}>
              Beside a passing trace
            </Button>
          )}
          <Button shortcut="y" onPress={copyId}>
            Copy id
          </Button>
          <Button shortcut="r" pressed={raw} onPress={() => setRaw(!raw)}>
            Raw JSON
          </Button>
          {additions?.actions}
          {origin !== null && (
            <a className="button" href={origin} target="_blank" rel="noreferrer noopener">
              Open where it was recorded ↗
            </a>
          )}
        </span>
      </p>
      <h1 tabIndex={-1} dir="auto" className="trace-title">
        {titleOf(failure?.input ?? '', trace?.messages ?? [], id)}
      </h1>
      <TraceFacts id={id} trace={trace} failure={failure} />
      {cause !== null && causeHref !== null && (
        <p className="trace-cause">
          <a className="link" href={causeHref}>
            <Coded text={cause.cluster.title} />
          </a>
        </p>
      )}
      {beside && pair !== undefined && (
        <Card title="Beside its nearest passing trace" className="example" flush>
          <PairView model={model} pair={pair} />
        </Card>
      )}
      {raw && <RawJson model={model} id={id} />}
      <div className="columns trace-columns" data-alone={spans.length === 0 || undefined}>
        <div className="stack">
          {trace !== undefined && spans.length > 0 && (
            <Steps trace={trace} selected={selected} onSelect={setSelected} />
          )}
          {trace !== undefined && span !== undefined && (
            <StepDetail
              model={model}
              trace={trace}
              span={span}
              number={(selected ?? 0) + 1}
              tools={additions?.tools ?? NO_TOOLS}
            />
          )}
          {failure !== undefined && <WhyFailed model={model} failure={failure} />}
          {additions?.recorded(span?.id ?? null)}
        </div>
        <div className="stack">
          <Card
            title="Conversation"
            aside={
              evidence === 0 ? undefined : (
                <>
                  {count(evidence)} {evidence === 1 ? 'piece' : 'pieces'} of evidence <kbd>e</kbd>
                </>
              )
            }
            flush
          >
            <Conversation model={model} id={id} selected={span?.id ?? null} />
          </Card>
        </div>
      </div>
    </article>
  );
}

function causeOf(model: ReportModel, scoped: Scoped, id: string): ScopedCause | null {
  const position = model.clusterOf[model.failureById.get(id) ?? -1] ?? -1;
  const all = [...scoped.ranked, ...scoped.unexplained];
  return all.find((cause) => cause.position === position) ?? null;
}

const pairOf = (model: ReportModel, { cluster }: ScopedCause, id: string) =>
  model.pairs.get(cluster.id)?.find(({ failing }) => failing === id);

/** The first step that failed is open; without one, none. */
function firstError(model: ReportModel, id: string): number | null {
  const spans = model.traceById.get(id)?.spans ?? [];
  const leaf = spans.findIndex(({ error, kind }) => error !== null && kind === 'tool');
  const found = leaf < 0 ? spans.findIndex(({ error }) => error !== null) : leaf;
  return found < 0 ? null : found;
}

const NO_TOOLS: readonly ToolDefinition[] = [];

const TITLE_LENGTH = 160;

function titleOf(
  input: string,
  messages: readonly { readonly role: string; readonly content: string }[],
  id: string,
): string {
  const asked = input || messages.find(({ role }) => role === 'user')?.content || id;
  return asked.length > TITLE_LENGTH ? `${asked.slice(0, TITLE_LENGTH)} …` : asked;
}

function TurnButton(props: {
  readonly by: 1 | -1;
  readonly disabled: boolean;
  readonly onTurn: (by: 1 | -1) => void;
}): ReactNode {
  const { by, disabled, onTurn } = props;
  const label = by > 0 ? 'Next trace' : 'Previous trace';
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={`${label} (${by > 0 ? '→' : '←'})`}
      disabled={disabled}
      onClick={() => onTurn(by)}
    >
      <Icon name={by > 0 ? 'next' : 'previous'} />
    </button>
  );
}
