import { type ExpectedFile, expectedFiles } from './expected-file.ts';

/**
 * The payloads of test/fixtures/traces, handwritten in the form of each recorder or export; the contents
 * are invented. Counts of their content: traces, model calls, tool calls, passages, scores,
 * failures at their origin, and span ids (`-` if the file has none).
 */
const TABLE = `
file                          format                   traces model tool docs scores errors spans
ai-sdk.json                   otlp-json_(traces)         1 2 1 0 0 0 4
anthropic-gemini.jsonl        chat                       2 4 2 0 0 0 -
attribute-map.json            attribute-map              1 1 0 0 0 0 -
chat.jsonl                    chat                       2 3 1 0 0 0 -
galileo-record.jsonl          galileo-record             1 1 1 0 1 1 3
genkit.json                   otlp-json_(traces)         1 1 0 0 0 0 2
google-adk.json               otlp-json_(traces)         1 2 1 0 0 0 4
hostile-keys.json             otlp-json_(traces)         1 1 0 0 0 0 1
jaeger.json                   jaeger                     1 1 1 0 0 1 3
langfuse-ingestion.json       langfuse-ingestion         1 1 0 0 1 0 2
langfuse-observation.csv      langfuse-observation_(csv) 1 1 0 0 1 0 1
langfuse-observation.jsonl    langfuse-observation       1 1 0 0 0 0 2
langfuse-otel.json            otlp-json_(traces)         1 2 0 0 0 1 3
langfuse-trace-row.json       langfuse-trace-row         1 0 0 0 1 0 1
langfuse-trace.json           langfuse-trace             1 1 1 0 2 1 3
langsmith-batch.json          langsmith-batch            1 1 0 0 0 0 1
langsmith-multipart.txt       langsmith-batch            1 1 0 0 0 0 1
langsmith-otel.json           otlp-json_(traces)         1 2 0 1 0 1 4
langsmith-run.jsonl           langsmith-run              1 1 1 0 0 1 4
litellm.json                  otlp-json_(traces)         1 1 0 0 0 0 1
mlflow-otel.json              otlp-json_(traces)         1 1 1 0 0 0 3
mlflow-trace.json             mlflow-trace               1 1 1 0 1 1 3
openai-batch.jsonl            openai-batch               2 1 0 0 0 1 -
openai-log.jsonl              openai-log                 1 1 0 0 0 0 -
openai-preference.jsonl       openai-preference          1 1 0 0 0 0 -
openai-response.json          openai-response            1 2 1 0 0 0 -
openinference-annotations.json otlp-json_(traces)        1 0 0 1 3 0 1
openinference.json            otlp-json_(traces)         1 1 1 2 0 1 4
openlit.json                  otlp-json_(traces)         1 1 0 0 0 0 1
openllmetry.json              otlp-json_(traces)         1 1 1 0 0 0 3
otel-js-console.jsonl         otel-js-console            1 1 0 0 0 0 1
otel-js-span.json             otel-js-span               1 1 0 0 0 0 2
otel-python-span.jsonl        otel-python-span           1 1 1 0 0 1 2
otlp-genai-logs.json          otlp-json_(logs)           2 2 0 0 0 0 2
otlp-genai.json               otlp-json_(traces)         2 3 1 0 0 1 5
phoenix-dataframe.jsonl       phoenix-dataframe          1 0 0 1 1 0 1
phoenix-span.json             phoenix-span               1 1 0 0 0 1 1
phoenix-trace.json            phoenix-trace              1 1 0 0 1 0 1
pydantic-ai.json              otlp-json_(traces)         1 2 1 0 0 0 4
rows.csv                      rows_(csv)                 2 1 0 2 1 0 -
rows.jsonl                    rows                       2 1 1 0 1 1 -
semantic-kernel.json          otlp-json_(traces)         1 1 0 0 0 0 1
smolagents.json               otlp-json_(traces)         1 1 0 0 0 0 2
traceai.json                  otlp-json_(traces)         1 1 0 0 0 0 2
`;

export const PAYLOADS: readonly ExpectedFile[] = expectedFiles(TABLE);

/** Payloads without a trace of their own: their shape and the code of each problem. */
export const PAYLOADS_WITHOUT_TRACES: readonly (readonly [
  file: string,
  format: string,
  problems: readonly string[],
])[] = [
  ['langfuse-score.json', 'langfuse-score', ['unmatched_score']],
  ['langsmith-feedback.json', 'langsmith-feedback', ['unmatched_score']],
  ['otlp-evaluation-logs.json', 'otlp-json (logs)', ['unmatched_score', 'unmatched_score']],
  ['otlp-metrics.json', 'otlp-json (metrics)', []],
  ['otlp-other-logs.json', 'otlp-json (logs)', ['ignored_log']],
  ['phoenix-annotation.jsonl', 'phoenix-annotation', ['unmatched_score', 'unmatched_score']],
];

/** Input, output, model and tokens of the first trace of a payload. */
interface ExpectedTrace {
  readonly input: string;
  readonly output: string;
  readonly model?: string;
  readonly tenant?: string;
  readonly user?: string;
  readonly session?: string;
  /** Input and output tokens. */
  readonly tokens?: readonly [number, number];
  /** First letters of the roles in order, each with its number of calls: `ua1ta`. */
  readonly roles: string;
  readonly errorType?: string;
}

export const FIRST_TRACES: Readonly<Record<string, ExpectedTrace>> = {
  'ai-sdk.json': {
    input: 'Which flowers last longest?',
    output: 'Chrysanthemums, up to four weeks.',
    model: 'elm-3',
    user: 'u-25',
    tokens: [75, 20],
    roles: 'ua1ta',
  },
  'anthropic-gemini.jsonl': {
    input: 'Weather in Oslo?',
    output: 'It snows.',
    model: 'birch-1',
    roles: 'ua1ta',
  },
  'attribute-map.json': {
    input: 'How deep is the lake?',
    output: 'Forty meters.',
    model: 'yarrow',
    roles: 'ua',
  },
  'chat.jsonl': { input: 'What is on tonight?', output: 'Solaris, at eight.', roles: 'sua1ta' },
  'galileo-record.jsonl': {
    input: 'Do you sell skis?',
    output: 'From November on.',
    model: 'violet-2',
    tokens: [11, 5],
    roles: 'uaa1t',
    errorType: '500',
  },
  'genkit.json': { input: 'What is vegan today?', output: 'The lentil stew.', roles: 'ua' },
  'google-adk.json': {
    input: 'What grows in bed three?',
    output: 'Carrots and thyme.',
    model: 'lotus-flash',
    roles: 'ua1ta',
  },
  'jaeger.json': {
    input: 'Is deck B full?',
    output: 'No, 14 spaces are left.',
    model: 'quince',
    tokens: [17, 9],
    roles: 'ua1ta',
    errorType: 'BarrierError',
  },
  'langfuse-ingestion.json': {
    input: 'Which flour for a tart?',
    output: 'Plain wheat flour.',
    model: 'sorrel-1',
    user: 'u-4b',
    tokens: [10, 4],
    roles: 'ua',
  },
  'langfuse-observation.csv': {
    input: 'Is "al dente" soft?',
    output: 'No,\nit has bite.',
    model: 'sorrel-1',
    tokens: [9, 6],
    roles: 'ua',
  },
  // Tokens: 30 and 12 from the cache.
  'langfuse-otel.json': {
    input: 'Can I order a rye loaf for Friday?',
    output: 'It is reserved for Friday.',
    model: 'dune-large',
    tenant: 'mill-road',
    user: 'u-3',
    session: 's-24',
    tokens: [42, 9],
    roles: 'sua',
    errorType: '429',
  },
  'langfuse-trace.json': {
    input: 'How long does stock simmer?',
    output: 'Three hours.',
    model: 'sorrel-1',
    tenant: 'cookbook',
    user: 'u-46',
    session: 's-46',
    tokens: [21, 4],
    roles: 'uaa1t',
    errorType: 'TimerError',
  },
  'langfuse-trace-row.json': {
    input: 'What is for lunch?',
    output: 'Pea soup.',
    user: 'u-4a',
    session: 's-4a',
    roles: 'ua',
  },
  'langsmith-batch.json': {
    input: 'Is the trail open?',
    output: 'Yes, since Monday.',
    model: 'rowan-2',
    tokens: [11, 5],
    roles: 'ua',
  },
  'langsmith-multipart.txt': {
    input: 'Are dogs allowed?',
    output: 'On a leash, yes.',
    roles: 'ua',
  },
  'langsmith-otel.json': {
    input: 'Who painted the harbor scene?',
    output: 'Ida Brandt, in 1891.',
    model: 'fern-2',
    session: 'th-26',
    tokens: [22, 8],
    roles: 'ua',
    errorType: '503',
  },
  'langsmith-run.jsonl': {
    input: 'How old is the oldest oak?',
    output: 'About 900 years.',
    model: 'rowan-2',
    tenant: 'east-wood',
    tokens: [26, 6],
    roles: 'ua1ta',
    errorType: 'TimeoutError',
  },
  'litellm.json': {
    input: 'Name a quiet beach.',
    output: 'Løkken, in May.',
    model: 'maple-sonnet-1',
    tokens: [12, 8],
    roles: 'ua',
  },
  'mlflow-otel.json': {
    input: 'Will it rain in Skagen?',
    output: 'Not before Thursday.',
    model: 'juniper',
    tokens: [33, 6],
    roles: 'ua1ta',
  },
  'mlflow-trace.json': {
    input: 'Which train goes to Bergen?',
    output: 'The 08:25.',
    model: 'juniper',
    user: 'u-4c',
    session: 's-4c',
    tokens: [13, 5],
    roles: 'ua1ta',
    errorType: 'LookupError',
  },
  'openai-batch.jsonl': {
    input: 'Capital of Iceland?',
    output: 'Reykjavík',
    model: 'willow-4',
    tokens: [16, 3],
    roles: 'sua',
  },
  'openai-log.jsonl': {
    input: 'Is the opera sung in Danish?',
    output: 'In Italian, with Danish surtitles.',
    model: 'willow-4-x',
    user: 'u-57',
    tokens: [12, 9],
    roles: 'ua',
  },
  'openai-response.json': {
    input: 'Two tickets for the ballet?',
    output: 'Yes, six seats are free.',
    model: 'willow-4',
    tokens: [30, 20],
    roles: 'sua1ta',
  },
  'openinference.json': {
    input: 'When is the reading room open?',
    output: 'Until eight on weekdays.',
    model: 'cedar-mini',
    tenant: 'north',
    user: 'reader-7',
    session: 's-21',
    tokens: [61, 7],
    roles: 'suaa1t',
    errorType: 'LoanError',
  },
  'openlit.json': {
    input: 'Where is the 1920 map?',
    output: 'In drawer nine.',
    model: 'kelp-1',
    tokens: [19, 4],
    roles: 'sua',
  },
  'openllmetry.json': {
    input: 'When does the last ferry leave?',
    output: 'At 22:40.',
    model: 'grove-1-b',
    user: 'u-27',
    session: 's-27',
    tokens: [25, 6],
    roles: 'ua1ta',
  },
  'otel-js-console.jsonl': {
    input: 'Do roses need shade?',
    output: 'No, full sun.',
    model: 'elm-3',
    roles: 'ua',
  },
  'otel-js-span.json': {
    input: 'Name a tall tulip.',
    output: 'Queen of Night.',
    model: 'elm-3',
    tokens: [8, 5],
    roles: 'ua',
  },
  'otel-python-span.jsonl': {
    input: 'When do plums ripen?',
    output: 'In August.',
    model: 'iris-4',
    tokens: [9, 4],
    roles: 'ua1ta',
    errorType: 'ValueError',
  },
  'otlp-genai-logs.json': {
    input: 'Do you rent helmets?',
    output: 'Yes, for two euros a day.',
    model: 'birch-1',
    tokens: [14, 8],
    roles: 'ua',
  },
  'otlp-genai.json': {
    input: 'Is a cargo bike free on Sunday?',
    output: 'Yes, two cargo bikes are free on Sunday.',
    model: 'aster-2-0105',
    tenant: 'harbor',
    session: 'conv-11',
    tokens: [130, 22],
    roles: 'sua1ta',
  },
  'phoenix-span.json': {
    input: 'Read this book.',
    output: '',
    model: 'tansy',
    roles: 'u',
    errorType: 'BadRequestError',
  },
  'phoenix-trace.json': {
    input: 'Is the sauna warm?',
    output: 'Yes, at 80 degrees.',
    model: 'tansy',
    tokens: [10, 7],
    roles: 'ua',
  },
  'pydantic-ai.json': {
    input: 'What do we pick first?',
    output: 'Pick the pears first.',
    model: 'iris-4',
    tokens: [90, 15],
    roles: 'sua1ta',
  },
  'rows.csv': {
    input: 'Where is my parcel?',
    output: 'At the "north" depot, since noon.',
    tenant: 'acme',
    roles: 'ua',
  },
  'semantic-kernel.json': {
    input: 'Is breakfast included?',
    output: 'Yes, until ten.',
    model: 'nettle-4',
    tokens: [20, 9],
    roles: 'ua',
  },
  'smolagents.json': {
    input: 'When is high tide in Esbjerg?',
    output: 'At 14:20.',
    model: 'poplar',
    tokens: [70, 5],
    roles: 'ua1ta',
  },
  'traceai.json': {
    input: 'Can I move my appointment?',
    output: 'Yes, to any free slot.',
    model: 'hazel-1',
    tokens: [18, 7],
    roles: 'ua',
  },
};
