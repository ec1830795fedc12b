import { createHash } from 'node:crypto';
import { CulpritError } from '../../contract/culprit-error.ts';
import type {
  JudgeDefinition,
  JudgeEndpoint,
  ModelJudge,
  OpenEndpoint,
  TokenPrice,
} from '../../contract/online-judge.ts';
import type { Evidence } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { judgeQuestion, judgeRubric } from '../../detect/ask.ts';
import type { CallSpend, GivenScore, WantedCall } from '../../store/workspace/workspace.ts';

/**
 * What a judge says of a trace, as the label of its score. None of them is a word by which a score fails a trace: whether it
 * does is up to the score rules of the project.
 */
export const JUDGE_LABELS = ['passes', 'fails', 'cannot tell', 'no quote', 'no answer'] as const;
export type JudgeLabel = (typeof JUDGE_LABELS)[number];

/** Scores traces: one of each kind of judge. */
export interface Scorer {
  /** What scores, and how: another version may score otherwise. */
  readonly version: string;
  /** Whether calls cost something: then each is set aside before it is made, and made once. */
  readonly isPaid: boolean;
  /** Null where calls cost nothing, or nobody knows what. */
  readonly price: TokenPrice | null;
  /** What every call may take. */
  readonly least: Pick<WantedCall, 'tokens' | 'dollars'>;
  prepare(trace: Trace): PreparedCall;
}

export interface PreparedCall {
  /** What it may take. */
  readonly wanted: Pick<WantedCall, 'tokens' | 'dollars'>;
  make(signal: AbortSignal): Promise<MadeCall>;
}

export type MadeCall =
  | {
      readonly kind: 'scored';
      readonly score: GivenScore & { readonly label: JudgeLabel };
      readonly spent: CallSpend;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The scorer of each judge that the operator named.
 * @param version of the package: checks may change with it.
 * @throws CulpritError `invalid_option` for a check that there is not, and an address that cannot be used.
 */
export async function openScorers(
  judges: Readonly<Record<string, JudgeDefinition>>,
  { openEndpoint, version }: { readonly openEndpoint: OpenEndpoint; readonly version: string },
): Promise<ReadonlyMap<string, Scorer>> {
  const opened = new Map<string, Scorer>();
  for (const [name, judge] of Object.entries(judges))
    try {
      opened.set(
        name,
        judge.kind === 'model'
          ? modelScorer(judge, openEndpoint(judge))
          : await checkScorer(judge, version),
      );
    } catch (error) {
      throw wrong(name, error);
    }
  return opened;
}

const wrong = (name: string, cause: unknown): CulpritError =>
  new CulpritError(
    'invalid_option',
    `config: judges.${name}: ${cause instanceof Error ? cause.message : cause}`,
    { cause },
  );

/** Tokens that an answer may have at most; the endpoint is told the same. */
const ANSWER = 2_600;
/** English has four bytes a token, code and other scripts three: what is set aside is more than will be spent. */
const BYTES = 2;

function modelScorer({ failure }: ModelJudge, endpoint: JudgeEndpoint): Scorer {
  const { id, price } = endpoint;
  const rubric = judgeRubric(failure);
  const version = `${hashOf(rubric)} ${id}`;
  const wantedFor = (material: string): PreparedCall['wanted'] => {
    const input = Math.ceil((Buffer.byteLength(rubric) + Buffer.byteLength(material)) / BYTES);
    return {
      tokens: input + ANSWER,
      dollars: price && (input * price.input + ANSWER * price.output) / 1e6,
    };
  };
  return {
    ...{ version, isPaid: true, price, least: wantedFor('') },
    prepare(trace) {
      const { question, read } = judgeQuestion(trace, failure);
      return {
        wanted: wantedFor(question.material),
        async make(signal) {
          const made = await endpoint.ask(question, signal);
          if (made.kind === 'failed') return made;
          const { verdict, missing, reason, evidence } = read(made.answer);
          const spent = { tokens: made.tokens, dollars: made.dollars };
          const scored = (value: number | null, label: JudgeLabel, why: string): MadeCall => ({
            ...{ kind: 'scored', score: { value, label, explanation: why, version }, spent },
          });
          if (verdict === 'yes') return scored(0, 'fails', quoted(failure, evidence));
          if (verdict === 'no') return scored(1, 'passes', `does not occur: ${failure}`);
          return scored(
            null,
            missing === null ? 'cannot tell' : missing === 'quote' ? 'no quote' : 'no answer',
            reason,
          );
        },
      };
    },
  };
}

const LABELS = {
  pass: [1, 'passes'],
  fail: [0, 'fails'],
  cannot_tell: [null, 'cannot tell'],
} as const;
const NOTHING = { tokens: 0, dollars: 0 } as const;

async function checkScorer(
  { kind: _, ...use }: Extract<JudgeDefinition, { kind: 'check' }>,
  packageVersion: string,
): Promise<Scorer> {
  // Checks load what suites need; servers without one do not.
  const { readyCheck } = await import('../../verify/verify.ts');
  const ask = readyCheck(use);
  const version = `${hashOf(JSON.stringify(use))} ${use.check} ${packageVersion}`;
  return {
    ...{ version, isPaid: false, price: null, least: NOTHING },
    prepare: (trace) => ({
      wanted: NOTHING,
      async make() {
        const { verdict, reason, evidence } = await ask(trace);
        const [value, label] = LABELS[verdict];
        return {
          kind: 'scored',
          score: { value, label, explanation: quoted(reason, evidence), version },
          spent: NOTHING,
        };
      },
    }),
  };
}

const LONGEST = 2_000;

const quoted = (reason: string, evidence: readonly Evidence[]): string =>
  [reason, ...evidence.map(({ quote }) => `“${quote}”`)]
    .join('\n')
    .slice(0, LONGEST)
    .toWellFormed();

const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);
