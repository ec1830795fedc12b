import type { ReactNode } from 'react';
import type { Recorder } from '../../../../contract/readiness.ts';
import { bytes, count, dollars, plural } from '../../../../text/format.ts';
import { Checklist } from '../../../parts/Checklist.tsx';
import { Table } from '../../../parts/Table.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';

/** Files, options, detectors, gaps and problems of the run: enough to repeat it. */
export function RunPage(props: { readonly model: ReportModel }): ReactNode {
  const { analysis } = props.model;
  const link = useLink();
  const { options } = analysis;
  return (
    <article className="run">
      <p className="crumbs">
        <a href={link({ kind: 'home' })}>Home</a> / About
      </p>
      <h1 tabIndex={-1}>How this was made</h1>
      <Table
        title="Files"
        head={[
          'file',
          'format',
          'size',
          'records',
          'broken',
          'traces',
          'model calls',
          'tool calls',
        ]}
        rows={analysis.files.map((file) => [
          file.name,
          file.formats.join(', '),
          bytes(file.bytes),
          count(file.records),
          count(file.broken),
          count(file.traces),
          count(file.modelCalls),
          count(file.toolCalls),
        ])}
      />
      {analysis.recorders.map((recorder) => (
        <Carried key={recorder.sdk} recorder={recorder} />
      ))}
      <Table
        title="Options"
        rows={[
          ['version', `culprit ${analysis.toolVersion}`],
          ['sample', options.sample === 'all' ? 'all' : count(options.sample)],
          ['seed', String(options.seed)],
          ['view', options.view],
          ['embedder', options.embedder],
          ['algorithm', options.algorithm],
          ['minimum cluster size', count(options.minClusterSize)],
          ['granularity', options.granularity],
          ['traces', options.all ? 'all' : 'failed only'],
          ['map', options.projection],
          ['personal data and secrets', REDACTIONS[options.redact]],
          ['scores', options.scores.join(', ') || 'none'],
          ['policy', policyLine(options.policy)],
          ['ranking', analysis.formula],
        ]}
      />
      <Detectors detectors={analysis.detectors} />
      {analysis.judging !== null && <Judging judging={analysis.judging} />}
      {analysis.gaps.length > 0 && (
        <Table
          title="Missing from the recording"
          rows={analysis.gaps.map((gap) => [gap.kind.replaceAll('_', ' '), count(gap.count)])}
        />
      )}
      <Problems
        what="problems while reading"
        count={analysis.problemCount}
        shown={analysis.problems}
      />
      <Problems what="remarks on the input" count={analysis.remarkCount} shown={analysis.remarks} />
    </article>
  );
}

/** What the traces of one SDK carry and lack, and the lines that add it. */
function Carried(props: { readonly recorder: Recorder }): ReactNode {
  const { sdk, name, traces, checklist } = props.recorder;
  return (
    <>
      <h2>
        {sdk === 'other'
          ? `What ${plural(traces, 'trace')} of no known SDK carry`
          : `What ${plural(traces, 'trace')} of ${name} carry`}
      </h2>
      <Checklist items={checklist} />
    </>
  );
}

const REDACTIONS = {
  off: 'as recorded',
  mask: 'masked by their kind',
  hash: 'masked by their kind and a keyed hash',
} as const;

function Problems(props: {
  readonly what: string;
  readonly count: number;
  readonly shown: ReportModel['analysis']['problems'];
}): ReactNode {
  const { what, shown } = props;
  if (props.count === 0) return null;
  const rest = props.count > shown.length ? `, the first ${count(shown.length)} here` : '';
  return (
    <Table
      title={`${count(props.count)} ${what}${rest}`}
      head={['file', 'line', 'problem']}
      rows={shown.map(({ file, line, message }) => [
        file,
        line === null ? '' : count(line),
        message,
      ])}
    />
  );
}

/** Dropped findings and errors have a column only if there are any. */
function Detectors(props: { readonly detectors: ReportModel['analysis']['detectors'] }): ReactNode {
  const { detectors } = props;
  const dropped = detectors.some(({ unverified }) => unverified > 0);
  const failing = detectors.some(({ errors }) => errors > 0);
  const measured = detectors.some(({ precision }) => precision !== null);
  return (
    <Table
      title="Detectors"
      head={[
        ...['detector', 'failed', 'passed', 'cannot tell'],
        ...(measured ? ['failed by recorded outcome'] : []),
        ...(dropped ? ['quote not found'] : []),
        ...(failing ? ['errors', 'first error'] : []),
      ]}
      rows={detectors.map(({ id, yes, no, unknown, precision, unverified, errors, firstError }) => [
        ...[id, count(yes), count(no), count(unknown)],
        ...(measured
          ? [precision === null ? '' : `${count(precision.failed)} of ${count(precision.flagged)}`]
          : []),
        ...(dropped ? [count(unverified)] : []),
        ...(failing ? [count(errors), firstError ?? ''] : []),
      ])}
    />
  );
}

/** The checks that a model answered, the number of traces, and the cost. */
function Judging(props: {
  readonly judging: NonNullable<ReportModel['analysis']['judging']>;
}): ReactNode {
  const {
    judge,
    checks,
    scope,
    failures,
    passing,
    found,
    unanswered,
    inputTokens,
    outputTokens,
    cost,
  } = props.judging;
  return (
    <>
      <Table
        title="Checks answered by a model"
        rows={checks.map(({ name, text }) => [name, text])}
      />
      <Table
        title="Model usage"
        rows={[
          ['model', judge],
          [
            'traces judged',
            `${count(failures)} ${scope === 'all' ? 'failures' : 'failures without a cause'}, ${count(passing)} passing traces`,
          ],
          ['passing traces found to have failed', count(found)],
          ['missing answers', count(unanswered)],
          ['tokens in, out', `${countOrUnknown(inputTokens)}, ${countOrUnknown(outputTokens)}`],
          ['cost', cost === null ? 'unknown' : dollars(cost)],
        ]}
      />
    </>
  );
}

const countOrUnknown = (value: number | null): string =>
  value === null ? 'unknown' : count(value);

function policyLine(policy: ReportModel['analysis']['options']['policy']): string {
  if (policy === null) return 'starter list';
  return [
    policy.replace ? 'your own list' : 'starter list and your own',
    policy.categories.join(', '),
    policy.without.length > 0 ? `without ${policy.without.join(', ')}` : '',
    policy.allow.length > 0 ? `allowed: ${policy.allow.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
