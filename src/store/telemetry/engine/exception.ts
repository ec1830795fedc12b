import { UnboundParameter } from './bind-parameters.ts';
import { MisplacedSetting, UnsafeFormat } from './statement.ts';

/** An error as ClickHouse's HTTP interface reports it. */
export interface EngineException {
  readonly status: number;
  /** ClickHouse's number of it. */
  readonly code: number;
  /** `Code: 60. DB::Exception: … (UNKNOWN_TABLE)`. */
  readonly message: string;
}

export function exceptionOf(error: unknown): EngineException {
  if (error instanceof UnboundParameter)
    return made(400, 456, `Substitution ${error.message} is not set`, 'UNKNOWN_QUERY_PARAMETER');
  if (error instanceof MisplacedSetting)
    return made(400, 36, `setting ${error.message} has no place in this`, 'BAD_ARGUMENTS');
  if (error instanceof UnsafeFormat) {
    const why = `format ${error.message} is refused: text in it can be taken for part of the statement`;
    return made(400, 36, `${why}; send RowBinary or JSONEachRow`, 'BAD_ARGUMENTS');
  }
  const text = error instanceof Error ? error.message : String(error);
  const code = Number(/Code: (\d+)/.exec(text)?.[1] ?? UNKNOWN_EXCEPTION);
  const message = text.startsWith('Code: ')
    ? text
    : made(500, code, text, 'UNKNOWN_EXCEPTION').message;
  return { status: STATUS.get(code) ?? 500, code, message };
}

const UNKNOWN_EXCEPTION = 1002;

/** As the server maps them; everything else is 500. */
const STATUS: ReadonlyMap<number, number> = new Map([
  ...[36, 47, 62, 456].map((code) => [code, 400] as const),
  ...[60, 81].map((code) => [code, 404] as const),
]);

const made = (status: number, code: number, text: string, name: string): EngineException => ({
  status,
  code,
  message: `Code: ${code}. DB::Exception: ${text}. (${name})`,
});
