import { CulpritError } from '../../contract/culprit-error.ts';
import type { JsonObject } from '../../contract/json.ts';
import { closestName } from '../../text/closest-name.ts';
import { byKeys } from '../json/by-keys.ts';
import { isReasonColumn, type ScoreMeaning, scoreMeaning } from './score-column.ts';

/** Field of a trace that a column of a table or a key of a JSON row may hold. */
export type ColumnRole =
  | 'trace_id'
  | 'input'
  | 'output'
  | 'messages'
  | 'tools'
  | 'retrieved'
  | 'scores'
  | 'feedback'
  | 'tenant'
  | 'user'
  | 'session'
  | 'model'
  | 'provider'
  | 'prompt_name'
  | 'prompt_version'
  | 'environment'
  | 'release'
  | 'timestamp'
  | 'status'
  | 'error'
  | 'tags'
  | 'usage';

/** From role to the column that has it, a nested key written with dots; roles left out are guessed. */
export type ColumnMap = Readonly<Partial<Record<ColumnRole, string>>>;

/**
 * The names under which each role is known, most certain first. Compared without case, spaces,
 * hyphens, underscores and dots.
 */
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  trace_id: ['trace_id', 'run_id', 'id', 'request_id', 'example_id', 'uuid', 'custom_id'],
  input: [
    'input',
    'input.value',
    'input_text',
    'prompt',
    'question',
    'query',
    'user_input',
    'user_message',
    'user_query',
    'request',
    'instruction',
    'inputs',
  ],
  output: [
    'output',
    'output.value',
    'output_text',
    'response',
    'answer',
    'completion',
    'actual_output',
    'model_output',
    'assistant',
    'generation',
    'prediction',
    'reply',
    'outputs',
    'result',
  ],
  messages: [
    'messages',
    'conversation',
    'conversations',
    'chat',
    'dialogue',
    'transcript',
    'turns',
  ],
  tools: ['tools', 'functions', 'tool_definitions', 'available_tools'],
  retrieved: [
    'retrieved',
    'documents',
    'retrieved_documents',
    'retrieved_contexts',
    'retrieval_context',
    'contexts',
    'context',
    'passages',
    'chunks',
    'sources',
  ],
  scores: ['scores', 'evaluations', 'evals', 'annotations'],
  feedback: ['feedback', 'user_feedback', 'rating', 'thumbs', 'csat', 'score', 'user_score'],
  tenant: ['tenant', 'tenant_id', 'customer', 'customer_id', 'org', 'org_id', 'organization'],
  user: ['user', 'user_id', 'end_user'],
  session: ['session', 'session_id', 'thread_id', 'conversation_id', 'thread', 'chat_id'],
  model: ['model', 'model_name', 'model_id', 'llm', 'response_model'],
  provider: ['provider', 'model_provider'],
  prompt_name: ['prompt_name', 'prompt_template', 'template', 'prompt_id'],
  prompt_version: ['prompt_version', 'template_version'],
  environment: ['environment', 'env'],
  release: ['release', 'app_version', 'version', 'revision'],
  timestamp: ['timestamp', 'start_time', 'created_at', 'time', 'date', 'datetime', 'created'],
  status: ['status', 'state'],
  error: ['error', 'error_message', 'exception'],
  tags: ['tags', 'labels'],
  usage: ['usage', 'token_usage'],
};

const COLUMN_ROLES: readonly ColumnRole[] = Object.keys(NAMES) as ColumnRole[];

/** What the name of a column says about its role. */
interface Guess {
  readonly role: ColumnRole;
  /** 0 is the most certain. */
  readonly rank: number;
}

const BY_NAME: ReadonlyMap<string, Guess> = new Map(
  COLUMN_ROLES.flatMap((role) =>
    NAMES[role].map((name, rank) => [plain(name), { role, rank }] as const),
  ),
);

/** What the keys of a row say, whatever they hold; the lists are by key, in order. */
export interface RowLayout {
  readonly keys: readonly string[];
  readonly guesses: readonly (Guess | null)[];
  readonly scores: readonly (ScoreMeaning | null)[];
  /** Whether the column explains the score in another. */
  readonly isReason: readonly boolean[];
  /** The column of each role; null where several could have one role. */
  readonly columns: Columns | null;
}

/** The column that has each role. */
export type Columns = Partial<Record<ColumnRole, string>>;

/** Finds the role of a column, remembering its answers. */
export interface ColumnRoles {
  of(column: string): Guess | null;
  layoutOf(row: JsonObject): RowLayout;
  /** Columns of the map that name nested keys: `state.history`. */
  readonly paths: readonly string[];
  /** Notes the columns of a row that was read; without a map nothing has to be noted. */
  note(row: JsonObject): void;
  /** The columns noted, in the order in which they were first seen. */
  noted(): readonly string[];
}

/** @throws CulpritError `invalid_option` when the map names an unknown role. */
export function columnRoles(map: ColumnMap | undefined): ColumnRoles {
  const known = new Map<string, Guess | null>();
  const noted = new Set<string>();
  const mapped = new Set<ColumnRole>();
  for (const [role, column] of Object.entries(map ?? {})) {
    if (!(role in NAMES)) {
      throw new CulpritError(
        'invalid_option',
        `columns: there is no field ${role}; choose from ${COLUMN_ROLES.join(', ')}`,
        { option: 'columns' },
      );
    }
    mapped.add(role as ColumnRole);
    known.set(column, { role: role as ColumnRole, rank: -1 });
  }
  const of = (column: string): Guess | null => {
    const before = known.get(column);
    if (before !== undefined) return before;
    const guess = column.length > 60 ? null : (BY_NAME.get(plain(column)) ?? null);
    const answer = guess !== null && mapped.has(guess.role) ? null : guess;
    if (known.size < 10_000) known.set(column, answer);
    return answer;
  };
  return {
    of,
    layoutOf: byKeys((row) => layoutOf(row, of)),
    paths: Object.values(map ?? {}).filter((column) => column.includes('.')),
    note(row) {
      if (mapped.size === 0) return;
      for (const key in row)
        if (noted.size < MOST_NOTED || known.get(key)?.rank === -1) noted.add(key);
    },
    noted: () => [...noted],
  };
}

function layoutOf(row: JsonObject, of: ColumnRoles['of']): RowLayout {
  const keys = Object.keys(row);
  const guesses = keys.map(of);
  const columns: Columns = {};
  let isUnique = true;
  for (const [at, guess] of guesses.entries()) {
    if (guess === null) continue;
    if (columns[guess.role] !== undefined) isUnique = false;
    columns[guess.role] = keys[at]!;
  }
  return {
    keys,
    guesses,
    scores: keys.map(scoreMeaning),
    isReason: keys.map((key) => isReasonColumn(key, row)),
    columns: isUnique ? columns : null,
  };
}

/** The error for a column of the map that is nowhere in the input, which has the columns `seen`; null where all are. */
export function absentColumn(
  map: ColumnMap | undefined,
  seen: readonly string[],
): CulpritError | null {
  const absent = Object.entries(map ?? {}).find(([, column]) => !seen.includes(column));
  if (absent === undefined) return null;
  const [role, column] = absent;
  const close = closestName(column, seen);
  const meant = close === null ? '' : ` Did you mean ${role}=${close}?`;
  const list = seen.slice(0, SHOWN).join(', ') + (seen.length > SHOWN ? ', …' : '');
  const what =
    seen.length === 0
      ? 'no file here is a table or a list of rows, so that a map has no effect'
      : `no row has a column ${column}.${meant} Columns here: ${list}`;
  return new CulpritError('invalid_option', `columns: ${what}`, { option: 'columns' });
}

const MOST_NOTED = 1_000;
const SHOWN = 20;

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '');
}
