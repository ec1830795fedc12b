import type { ReactNode } from 'react';
import type { ReportSpan, ReportTrace } from '../../../../contract/report.ts';
import type { ToolDefinition } from '../../../../contract/trace.ts';
import { duration } from '../../../../text/format.ts';
import { isRecord } from '../../../../text/json.ts';
import { readable, readableQuote } from '../../../conversation/readable.ts';
import { splitByQuotes } from '../../../conversation/segments.ts';
import { Card } from '../../../parts/Card.tsx';
import { Marked } from '../../../parts/Marked.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { argumentSchema } from '../../model/argument-schema.ts';
import { numberedEvidence, pointerKeys } from '../../model/evidence.ts';
import { provenance } from '../../model/provenance.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { callOfSpan } from '../../model/span-call.ts';

/** One step: its error, the arguments of its call with where each value comes from, and its result. */
export function StepDetail(props: {
  readonly model: ReportModel;
  readonly trace: ReportTrace;
  readonly span: ReportSpan;
  readonly number: number;
  /** Tools that were offered, as far as they are known. */
  readonly tools: readonly ToolDefinition[];
}): ReactNode {
  const { model, trace, span, number, tools } = props;
  const found = callOfSpan(trace, span);
  if (span.error === null && found === null) return null;
  const evidence = numberedEvidence(model, trace.id).map((piece, at) => ({
    number: at,
    quote: readableQuote(piece.quote),
    keys: pointerKeys(piece.path),
  }));
  const args =
    found === null || !isRecord(found.call.arguments) ? [] : Object.entries(found.call.arguments);
  const schema = tools.find(({ name }) => name === found?.call.name)?.parameters ?? null;
  const ofArgument = (name: string): typeof evidence =>
    evidence.filter(
      ({ keys }) =>
        Number(keys[1]) === found?.message && keys[2] === 'toolCalls' && keys[5] === name,
    );
  const ofResult = evidence.filter(({ keys }) => Number(keys[1]) === found?.result?.index);
  return (
    <Card
      title={
        <>
          Step {number}, {span.name}
        </>
      }
      aside={
        span.startMs === null
          ? undefined
          : `${duration(span.startMs)} after the start${span.durationMs === null ? '' : `, took ${duration(span.durationMs)}`}`
      }
      flush
    >
      {span.error !== null && (
        <p className="card-note">
          <Tag kind="fail">failed</Tag> {span.error}
        </p>
      )}
      {args.length > 0 && (
        <table className="arguments">
          <thead>
            <tr>
              <th scope="col">Argument</th>
              {schema !== null && <th scope="col">Schema</th>}
              <th scope="col">Value</th>
              <th scope="col">Where it comes from</th>
            </tr>
          </thead>
          <tbody>
            {args.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                {schema !== null && <td className="dim">{argumentSchema(schema, name)}</td>}
                <td dir="auto">
                  <code>
                    <Marked
                      segments={splitByQuotes(
                        typeof value === 'string' ? value : JSON.stringify(value),
                        ofArgument(name),
                      )}
                    />
                  </code>
                </td>
                <td>{provenance(trace, found?.message ?? 0, value ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found?.result != null && (
        <p className="card-note step-result" dir="auto">
          → <Marked segments={splitByQuotes(readable(found.result.content), ofResult)} />
        </p>
      )}
    </Card>
  );
}
