import { expect, test } from 'vitest';
import { lacking } from '../src/cli/lacking.ts';
import type { Analysis } from '../src/contract/analysis.ts';
import type { ReadinessItem, Sdk } from '../src/contract/readiness.ts';
import { checklistOf } from '../src/trace/checklist.ts';
import { SDK_NAMES } from '../src/trace/sdk.ts';

type Counts = Partial<Record<ReadinessItem, readonly [carry: number, lack: number]>>;

/** An analysis of 400 traces of an SDK that carry and lack so much. */
function lines(
  sdk: Sdk,
  counts: Counts,
  {
    judged = 0,
    report = true,
    rules = 0,
  }: { judged?: number; report?: boolean; rules?: number } = {},
): string[] {
  const items = Object.entries(counts).map(([item, [carry, lack]]) => [item, { carry, lack }]);
  const checklist = checklistOf(sdk, Object.fromEntries(items));
  const analysis = {
    recorders: [{ sdk, name: SDK_NAMES[sdk], traces: 400, checklist }],
    outcomes: { judged, failed: 0 },
    rules: Array.from({ length: rules }, () => ({ rule: 'a<1', judged: 1, failed: 0 })),
  };
  return lacking(analysis as unknown as Analysis, 200, report);
}

test('what is lacking comes with the line of its SDK in both languages, and where the others are', () => {
  const counts: Counts = {
    ...{ input: [400, 0], tool_results: [88, 312], scores: [0, 400] },
    ...{ tenant: [0, 400], user: [0, 400], session: [0, 400] },
  };
  expect(lines('openinference', counts)).toEqual([
    'traces of OpenInference lack results of tool calls (312 of 400), scores or feedback, the tenant, the user',
    '  results of tool calls: failed, empty and ignored results are found in them. On the span of the tool call:',
    "    span.setAttribute('output.value', JSON.stringify(result));",
    '    span.set_attribute("output.value", json.dumps(result))',
    '  About in the report has the lines for the others',
  ]);
  expect(lines('openinference', counts, { report: false }).at(-1)).toBe(
    '  the output of --json has the lines for the others',
  );
});

test.each<[string, Counts, { judged?: number; rules?: number }]>([
  ['complete traces', { input: [400, 0], scores: [20, 380], tenant: [400, 0] }, {}],
  ['users alone, which causes do not depend on', { user: [0, 400] }, {}],
  ['scores, where outcomes were recorded otherwise', { scores: [0, 400] }, { judged: 9 }],
  ['scores, where a rule says what failed', { scores: [0, 400] }, { rules: 1 }],
  ['an answer in a few traces', { output: [370, 30] }, {}],
  ['documents of three retrievals', { documents: [0, 3] }, {}],
])('nothing is said of %s', (_, counts, more) => {
  expect(lines('opentelemetry', counts, more)).toEqual([]);
});

test('a table or a log of chats has no SDK: one line says what is lacking, no line adds it', () => {
  expect(lines('other', { output: [200, 200], scores: [0, 400], tenant: [0, 400] })).toEqual([
    'traces lack the answer (200 of 400), scores or feedback',
    '  the answer: without it nothing about the answer can be judged',
  ]);
});

test('a switch of the recorder is one line; the AI SDK has no Python', () => {
  expect(lines('opentelemetry', { input: [0, 400] }).slice(1)).toEqual([
    '  what the user asked: most detectors compare the answer with it. Where instrumentations of OpenTelemetry record the calls:',
    '    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true',
  ]);
  expect(lines('ai-sdk', { prompt_version: [0, 400] })).toHaveLength(3);
});
