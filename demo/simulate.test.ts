import { describe, expect, test } from 'vitest';
import { simulate } from './simulate.ts';

interface OtlpSpan {
  readonly traceId: string;
  readonly attributes: { key: string; value: { stringValue?: string } }[];
}

const spansOf = (lines: readonly string[]): OtlpSpan[] =>
  lines.flatMap((line) =>
    JSON.parse(line).resourceSpans.flatMap((resource: { scopeSpans: { spans: OtlpSpan[] }[] }) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
const attribute = (span: OtlpSpan, key: string): string | undefined =>
  span.attributes.find((each) => each.key === key)?.value.stringValue;

const { lines, runs } = simulate({ runs: 900, seed: 3 });
const spans = spansOf(lines);
const failed = runs.filter(({ cause }) => cause !== 'healthy');

describe('the simulated shop', () => {
  test('gives the same bytes for the same seed and different bytes for another', () => {
    expect(simulate({ runs: 40, seed: 3 })).toEqual(simulate({ runs: 40, seed: 3 }));
    expect(
      simulate({ runs: 40, seed: 4 }).lines[0] === simulate({ runs: 40, seed: 3 }).lines[0],
    ).toBe(false);
  });

  test('records every run as one trace', () => {
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(
      new Set(runs.map(({ traceId }) => traceId)),
    );
  });

  test('plants every cause, the refund with the account id in about 40% of the runs', () => {
    const counts = Map.groupBy(failed, ({ cause }) => cause);
    expect([...counts.keys()].sort()).toEqual([
      'refund_account_id',
      'refusal',
      'retrieval_miss',
      'schema_break',
      'timeout',
      'tracking_loop',
    ]);
    const share = (counts.get('refund_account_id')?.length ?? 0) / failed.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.52);
  });

  test('passes the account id to refund_order in exactly the planted runs', () => {
    const planted = new Set(
      runs.filter(({ cause }) => cause === 'refund_account_id').map(({ traceId }) => traceId),
    );
    const wrong = new Set(
      spans
        .filter((span) => attribute(span, 'gen_ai.tool.name') === 'refund_order')
        .filter((span) =>
          JSON.parse(attribute(span, 'gen_ai.tool.call.arguments') ?? '{}').order_id.startsWith(
            '3',
          ),
        )
        .map(({ traceId }) => traceId),
    );
    expect(wrong).toEqual(planted);
  });

  test('never writes the cause into the traces', () => {
    const text = lines.join('\n');
    const leaked = failed.filter(({ cause }) => cause !== 'timeout' && text.includes(cause));
    expect(leaked).toEqual([]);
  });
});
