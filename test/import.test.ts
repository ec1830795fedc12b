import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, WITHOUT_TRACES } from './import/fixture-table.ts';
import { comparable, countsOf, idsOf, importFiles } from './import/import-files.ts';
import { countLangfuse, countOtlp, countRow, spanIds, sum } from './import/raw-count.ts';

const shared = resolve(import.meta.dirname, '../../shared');
const fixtures = join(shared, 'fixtures/otel');
const archive = join(shared, 'bench/open.tgz');
const noFixtures = !existsSync(fixtures);
const noBench = !existsSync(archive);
if (noFixtures || noBench) console.warn(`skipped: recorded traces are not in ${shared}`);

function parsed(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.jsonl')) return JSON.parse(text);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
}

describe.skipIf(noFixtures)('recorded traces', () => {
  it('each have a row in the tables', () => {
    const inTables = [...FIXTURES.map((row) => row.file), ...WITHOUT_TRACES.map(([file]) => file)];
    const onDisk = readdirSync(fixtures).filter((file) => file !== 'README.md');
    expect(onDisk.sort()).toEqual(inTables.sort());
  });

  it.each(FIXTURES)('$file', async ({ file, format, counts, spans }) => {
    const imported = await importFiles(join(fixtures, file));
    expect(imported.failed).toBeNull();
    expect(imported.report.files[0]?.formats[0]?.replace(/: \d+$/, '')).toBe(format);
    expect(countsOf(imported)).toEqual(counts);
    if (spans !== null) expect(idsOf(imported.traces)).toHaveLength(spans);
  });

  it.each(WITHOUT_TRACES)(
    '%s has no traces of its own, with the reason',
    async (file, problems) => {
      const { report, failed } = await importFiles(join(fixtures, file));
      expect(failed).toBe('no_traces');
      expect(report.problems.map((problem) => problem.code)).toEqual(problems);
    },
  );

  const withIds = FIXTURES.filter(
    ({ file, spans }) => spans !== null && /\.jsonl?$/.test(file) && !file.includes('.attrs.'),
  );

  // Exceptions: an evaluation that links to its target becomes that span's score; logs of
  // a span that was not recorded have no span of their own in the file.
  it.each(withIds.filter(({ file }) => !/openinference-annotations|operation\.details/.test(file)))(
    'every span of $file is in a trace',
    async ({ file }) => {
      const { traces } = await importFiles(join(fixtures, file));
      expect(idsOf(traces)).toEqual([...spanIds(parsed(join(fixtures, file)))].sort());
    },
  );

  it.each([
    ['captured__ai-sdk-v7-genai.pb', 'captured__ai-sdk-v7-genai.otlp.json'],
    ['captured__ai-sdk-v7-legacy.pb', 'captured__ai-sdk-v7-legacy.otlp.json'],
    ['captured__openinference-js-openai.pb', 'captured__openinference-js-openai.otlp.json'],
    ['captured__openinference-js-langchain.pb', 'captured__openinference-js-langchain.otlp.json'],
    ['captured__langsmith-js-otel.pb', 'captured__langsmith-js-otel.otlp.json'],
    ['synthetic__tempo-v1-trace.tempo.json', 'captured__ai-sdk-v7-genai.otlp.json'],
    ['synthetic__tempo-v2-trace.tempo.json', 'captured__ai-sdk-v7-genai.otlp.json'],
    [
      'synthetic__phoenix-otlpv1-spans.snake.json',
      'captured__openinference-js-langchain.otlp.json',
    ],
    ['captured__langsmith-js-runs.multipart.txt', 'captured__langsmith-js-runs.jsonl'],
  ])('%s and %s are the same traces', async (one, other) => {
    const [first, second] = await Promise.all(
      [one, other].map(async (file) =>
        comparable((await importFiles(join(fixtures, file))).traces),
      ),
    );
    expect(first).toEqual(second);
  });

  const tracesOf = async (file: string) => (await importFiles(join(fixtures, file))).traces;

  it('AI SDK: root totals are not counted twice (207 and 31)', async () => {
    for (const name of ['captured__ai-sdk-v7-genai', 'captured__ai-sdk-v7-legacy']) {
      const [answered, failed] = await tracesOf(`${name}.otlp.json`);
      expect(answered?.usage).toMatchObject({
        inputTokens: 207,
        outputTokens: 31,
        cachedTokens: 20,
      });
      expect(failed).toMatchObject({
        status: 'error',
        output: '',
        error: { message: 'Rate limit reached' },
      });
      expect(failed?.spans.find(({ id }) => id === failed.error?.spanId)?.kind).toBe('model');
    }
  });

  it('the same call has the same tokens in Langfuse and OpenInference (87, 32 cached, 19)', async () => {
    for (const name of [
      'captured__langfuse-js-v5.otlp.jsonl',
      'captured__openinference-js-openai.otlp.json',
    ]) {
      const [trace] = await tracesOf(name);
      const call = trace?.spans.find(({ kind }) => kind === 'model');
      expect(call?.usage).toMatchObject({ inputTokens: 87, outputTokens: 19, cachedTokens: 32 });
    }
  });

  it('LangSmith: a failed run is an error although its status is OK', async () => {
    const [trace] = await tracesOf('captured__langsmith-js-otel.otlp.json');
    expect(trace?.error).toMatchObject({ type: '429', spanId: '99daf0838d3e288e' });
    expect(trace?.documents.map(({ id }) => id)).toEqual(['doc1']);
  });

  it('LangChain: document ids and scores come from their metadata', async () => {
    const [trace] = await tracesOf('captured__openinference-js-langchain.otlp.json');
    expect(trace?.documents.map(({ id, score }) => [id, score])).toEqual([
      ['doc1', 0.91],
      ['refund.md', null],
    ]);
  });

  it('PydanticAI: results under role user are in order', async () => {
    const [trace] = await tracesOf('pydantic-ai__chat-span.logfire-spans.json');
    expect(
      trace?.messages.map(({ role, content }) => `${role}: ${content.split('\n')[0]}`),
    ).toEqual([
      'system: instructions',
      'system: system_prompt',
      'user: user_prompt',
      'tool: tool_return_content',
      'tool: retry_prompt1',
      'user: Validation feedback:',
      'assistant: text3',
      'assistant: text1',
    ]);
  });

  it('scores, logs and spans in different files are joined', async () => {
    const { traces, report } = await importFiles(
      join(fixtures, 'synthetic__openinference-annotations.otlp.json'),
      join(fixtures, 'synthetic__gen_ai.evaluation.result.logs.otlp.json'),
      join(fixtures, 'captured__langfuse-js-scores.ingestion.json'),
      join(fixtures, 'captured__phoenix-client-annotations.jsonl'),
    );
    expect(traces).toHaveLength(1);
    // Three from the trace itself; Relevance by span; two from Langfuse; three from Phoenix. The feedback
    // with only a response id matches no response.
    expect(traces[0]?.scores.map((score) => score.name).sort()).toEqual(
      ['user_feedback', 'coherence', 'hallucination', 'Relevance', 'user-feedback', 'helpfulness']
        .concat(['user-feedback', 'relevance', 'hallucination'])
        .sort(),
    );
    expect(report.problems.map((problem) => problem.code)).toEqual(['unmatched_score']);
  });

  it.each([
    'langfuse-test__hostile-array-slots.otlp.json',
    'langfuse-test__hostile-index-out-of-range.otlp.json',
    'langfuse-test__hostile-proto-pollution.otlp.json',
  ])('%s loses only the hostile key', async (file) => {
    const { traces } = await importFiles(join(fixtures, file));
    const dropped = traces[0]?.gaps.filter((gap) => gap.kind === 'dropped_key');
    expect(dropped).toHaveLength(1);
    expect(({} as Record<string, unknown>)['POLLUTED']).toBeUndefined();
  });
});

describe.skipIf(noBench)('traces of real applications', () => {
  let open = '';
  beforeAll(() => {
    open = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
    execFileSync('tar', ['-xzf', archive, '-C', open, '--strip-components=1']);
  });
  afterAll(() => rmSync(open, { recursive: true, force: true }));

  it('57 traces of TRAIL in OTLP match their raw spans', async () => {
    const folder = join(open, 'otlp_trail');
    const files = readdirSync(folder).sort();
    expect(files).toHaveLength(57);
    for (const file of files) {
      const raw = parsed(join(folder, file));
      const imported = await importFiles(join(folder, file));
      expect({ file, ...countsOf(imported) }).toEqual({ file, ...countOtlp(raw as never) });
      expect(idsOf(imported.traces)).toEqual([...spanIds(raw)].sort());
      expect(imported.report.problems).toEqual([]);
    }
  });

  it('20 Langfuse downloads of 20 frameworks match their observations', async () => {
    const folder = join(open, 'langfuse_traces');
    const files = readdirSync(folder).sort();
    expect(files).toHaveLength(20);
    for (const file of files) {
      const raw = parsed(join(folder, file));
      const imported = await importFiles(join(folder, file));
      // Documents are distinguished from tool results by content, which no raw field records.
      const expected = { ...countLangfuse(raw as never), documents: countsOf(imported).documents };
      expect({ file, ...countsOf(imported) }).toEqual({ file, ...expected });
      expect(idsOf(imported.traces)).toEqual([...spanIds(raw)].sort());
      expect(imported.report.problems).toEqual([]);
    }
  });

  it('10,492 lines of a benchmark match their messages', async () => {
    const path = join(open, 'traces.jsonl.gz');
    const lines = gunzipSync(readFileSync(path)).toString().split('\n').filter(Boolean);
    const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const imported = await importFiles(path);
    expect(imported.traces.map((trace) => trace.id).sort()).toEqual(
      rows.map((row) => String(row['trace_id'])).sort(),
    );
    expect(countsOf(imported)).toEqual(sum(rows.map(countRow)));
    const byId = new Map(imported.traces.map((trace) => [trace.id, trace]));
    for (const row of rows) {
      expect(byId.get(String(row['trace_id']))).toMatchObject({
        input: row['input'],
        output: row['output'],
        model: row['model'],
        tenant: row['tenant'] ?? null,
      });
    }
    expect(imported.report.problems).toEqual([]);
  });
});
