import { type CheckUse, checkUseSchema } from '../../contract/check-use.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';
import { CheckFault, prepareCheck } from '../checks/use-check.ts';
import type { Loss } from './exported.ts';
import { answerOf, conversationOf, type Incoming, type IncomingCase } from './incoming.ts';
import { checksOf } from './promptfoo-config.ts';

/** How one kind of row names its parts; a column under several names is the first that is there. */
interface RowForm {
  readonly format: string;
  readonly is: (row: JsonObject) => boolean;
  readonly request: readonly string[];
  readonly reference: readonly string[];
  readonly answer: readonly string[];
}

const METADATA = ['metadata'];
const NAMES = ['id', 'name', 'case', 'description'];
const PASSED = ['passed', 'pass', 'success', 'correct', 'is_correct'];
/** Bookkeeping of the programs, which no case needs. */
const KNOWN =
  /^(?:createdAt|updatedAt|created_at|modified_at|datasetId|datasetName|dataset_id|dataset_name|status|sourceTraceId|sourceObservationId|source_run_id|split|projectId)$/;

const FORMS: readonly RowForm[] = [
  {
    format: 'OpenAI Evals samples',
    is: (row) => 'ideal' in row && 'input' in row,
    request: ['input'],
    reference: ['ideal'],
    answer: [],
  },
  {
    format: 'Langfuse dataset items',
    is: (row) => 'expectedOutput' in row || 'datasetName' in row || 'datasetId' in row,
    request: ['input'],
    reference: ['expectedOutput'],
    answer: [],
  },
  {
    format: 'LangSmith examples',
    is: (row) => 'inputs' in row,
    request: ['inputs'],
    reference: ['outputs', 'reference_outputs'],
    answer: [],
  },
  {
    format: 'table',
    is: () => true,
    request: ['messages', 'input', 'question', 'query', 'prompt', 'user_input', 'request', 'text'],
    reference: [
      ...['expected', 'expected_output', 'reference', 'reference_answer', 'ideal', 'ground_truth'],
      ...['target', 'gold', 'correct_answer'],
    ],
    answer: ['output', 'answer', 'response', 'actual_output', 'completion', 'prediction'],
  },
];

/** Check that compares an answer with the reference of its case. */
export type Comparison = 'equals' | 'contains';

/** Rows of a dataset or a table as cases; `places` says where each stands in the file. */
export function fromRows(
  rows: readonly JsonObject[],
  places: readonly string[],
  comparison: Comparison,
): Incoming {
  const losses: Loss[] = [];
  const [first = {}] = rows;
  const form = FORMS.find(({ is }) => is(first))!;
  const cases = rows.map((row, index) => {
    const named = fieldOf(row, NAMES);
    const name = named === undefined ? places[index]! : String(named.value);
    return caseOf(row, form, name, comparison, losses);
  });
  return { format: form.format, cases: cases.filter((each) => each !== null), losses };
}

function caseOf(
  row: JsonObject,
  form: RowForm,
  name: string,
  comparison: Comparison,
  losses: Loss[],
): IncomingCase | null {
  const say = (what: string, check: string | null = null) =>
    losses.push({ case: name, check, what });
  const request = fieldOf(row, form.request);
  if (request === undefined) {
    say(`left out: it has no request (${form.request.join(', ')})`);
    return null;
  }
  const { messages, unread } = conversationOf(request.value);
  if (unread.length > 0) say(`of its request, not imported: ${unread.join(', ')}`);
  const answer = fieldOf(row, form.answer);
  const reference = fieldOf(row, form.reference);
  const passed = fieldOf(row, PASSED);
  const metadata = parsedCell(row['metadata']);
  const about = isRecord(metadata) ? metadata : {};
  const expected = Object.keys(row).filter((key) => /^__expected\d*$/.test(key));
  const used = [request, answer, reference, passed].flatMap((field) => field?.name ?? []);
  const others = Object.keys(row).filter(
    (key) =>
      ![...used, ...NAMES, ...METADATA, ...expected].includes(key) &&
      !KNOWN.test(key) &&
      row[key] !== null &&
      row[key] !== '',
  );
  if (others.length > 0) say(`fields not imported: ${others.join(', ')}`);
  const own = ownChecks(about['checks'], say);
  const ideal = reference === undefined ? undefined : reference.value;
  const asserted = checksOf(
    expected.map((key) => assertionOf(String(row[key]))),
    row,
    (check, what) => say(what, check),
  );
  return {
    name,
    messages,
    answer:
      answer !== undefined
        ? answerOf(answer.value)
        : typeof about['recorded_answer'] === 'string'
          ? about['recorded_answer']
          : null,
    passed: passed === undefined ? roleSays(about['role']) : truth(passed.value),
    reference: isList(ideal) ? null : answerOf(ideal),
    checks:
      own.length > 0 || asserted.length > 0
        ? [...own, ...asserted]
        : referenceChecks(ideal, comparison),
  };
}

/** A list of references passes with any of them. */
function referenceChecks(ideal: Json | undefined, comparison: Comparison): CheckUse[] {
  const texts = (isList(ideal) ? ideal.map(answerOf) : [answerOf(ideal)]).filter(
    (text) => text !== null && text.trim() !== '',
  ) as string[];
  if (texts.length === 0) return [];
  if (comparison === 'contains') return [{ check: 'contains', params: { texts, match: 'any' } }];
  return texts.length === 1
    ? [{ check: 'equals', params: { text: texts[0]! } }]
    : [{ check: 'one_of', params: { labels: texts } }];
}

/** Checks that an export of ours keeps as metadata. */
function ownChecks(
  value: Json | undefined,
  say: (what: string, check: string | null) => void,
): CheckUse[] {
  if (!isList(value)) return [];
  return value.flatMap((each) => {
    const { data } = checkUseSchema.safeParse(each);
    try {
      if (data !== undefined) prepareCheck(data);
    } catch (error) {
      if (!(error instanceof CheckFault)) throw error;
      say(`not imported: ${error.message}`, data?.check ?? null);
      return [];
    }
    if (data === undefined) say('a check in its metadata cannot be read', null);
    return data === undefined ? [] : [data];
  });
}

/** `contains: text`, or a text that must be equal, as promptfoo reads the column `__expected`. */
function assertionOf(cell: string): Json {
  const [, type, value] = /^((?:not-)?[a-z][a-z-]{2,40}):\s{0,10}(.*)$/s.exec(cell) ?? [];
  return type === undefined ? { type: 'equals', value: cell } : { type, value: value ?? '' };
}

const roleSays = (role: Json | undefined): boolean | null =>
  role === 'control' ? true : role === 'guard' || role === 'slice' ? false : null;

const TRUE = /^(?:true|1|yes|pass|passed|correct)$/i;
const FALSE = /^(?:false|0|no|fail|failed|incorrect)$/i;

const truth = (value: Json): boolean | null => {
  const text = String(value).trim();
  return TRUE.test(text) ? true : FALSE.test(text) ? false : null;
};

function fieldOf(
  row: JsonObject,
  names: readonly string[],
): { readonly name: string; readonly value: Json } | undefined {
  for (const name of names) {
    const value = row[name];
    if (value !== undefined && value !== null && value !== '')
      return { name, value: parsedCell(value) ?? value };
  }
  return undefined;
}

/** Tables hold lists and objects as JSON. */
const parsedCell = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' && /^\s*[[{]/.test(value) ? (parseJson(value) ?? value) : value;
