import type { FixEdit } from '../src/contract/fix.ts';
import type { Message, Trace } from '../src/contract/trace.ts';
import { nextFloat, type RandomState, seedRandom } from '../src/numeric/random/random.ts';
import { makeTrace, system, user } from '../src/testing/trace.ts';
import { fnv1a } from '../src/text/hash.ts';
import { MOVING, type Planted } from './planted-causes.ts';

/** Changes nothing that the agent heeds. */
export const WRONG: FixEdit = {
  kind: 'add_to_prompt',
  text: 'Be careful, and think step by step.',
};

/** Chance that the agent does what its texts make it do. */
const HEED = 0.97;

/** What an agent is told. */
export interface Told {
  readonly prompt: string;
  /** The definitions of its tools as JSON. */
  readonly tools: string;
}

export const told = ({ prompt, tools }: Planted): Told => ({
  prompt: `${prompt}\n`,
  tools: `${JSON.stringify(tools, null, 2)}\n`,
});

/**
 * One run of the agent. Every word of its texts changes how it words things, as with a model. A fix that moves failures
 * changes nothing about runs that go well.
 */
export function runAgent(planted: Planted, texts: Told, request: string, seed: number): Trace {
  const random = seedRandom(fnv1a(`${seed} ${texts.prompt} ${texts.tools}`));
  const all = `${texts.prompt}\n${texts.tools}`;
  const isCured = planted.cure.test(all) === nextFloat(random) < HEED;
  const isMoved = all.includes(MOVING) && nextFloat(random) < HEED;
  const fails = isMoved ? planted.moved : planted.bad;
  const act = !isHard(planted, request) ? planted.simple : isCured ? planted.good : fails;
  return traceOf(`run-${seed}`, planted, texts, request, act(request), random);
}

/**
 * One run of the agent as it is on a request that nobody made before: half of them run into the cause, a quarter goes well,
 * and a quarter fails in another way.
 */
export function runOnVariant(planted: Planted, request: string, seed: number): Trace {
  const known = [
    ...Array.from({ length: HARD }, (_, at) => planted.hard(at)),
    ...Array.from({ length: EASY }, (_, at) => planted.easy(at)),
  ];
  const texts = told(planted);
  if (known.includes(request)) return runAgent(planted, texts, request, seed);
  const random = seedRandom(seed);
  const kind = nextFloat(seedRandom(fnv1a(request)));
  const usual = kind < 0.5 ? planted.bad : kind < 0.75 ? planted.good : planted.moved;
  const act = nextFloat(random) < HEED ? usual : planted.good;
  return traceOf(`run-${seed}`, planted, texts, request, act(request), random);
}

const isHard = ({ hard }: Planted, request: string): boolean =>
  Array.from({ length: HARD }, (_, at) => hard(at)).includes(request);

const HARD = 44;
const EASY = 60;

/** What production recorded: hard and easy requests to the agent as it is. */
export function recorded(planted: Planted): readonly Trace[] {
  const texts = told(planted);
  return [
    ...Array.from({ length: HARD }, (_, at) =>
      traceOf(`hard-${at}`, planted, texts, planted.hard(at), planted.bad(planted.hard(at))),
    ),
    ...Array.from({ length: EASY }, (_, at) =>
      traceOf(`easy-${at}`, planted, texts, planted.easy(at), planted.simple(planted.easy(at))),
    ),
  ];
}

const THANKS = ['', ' Anything else?', ' Have a nice day.', ' I am here if you need more.'];

function traceOf(
  id: string,
  { tools }: Planted,
  { prompt }: Told,
  request: string,
  steps: readonly Message[],
  random?: RandomState,
): Trace {
  const last = steps.at(-1)!;
  const isPlain = last.content !== '' && !last.content.trimStart().startsWith('{');
  const thanks = random === undefined ? '' : THANKS[Math.floor(THANKS.length * nextFloat(random))]!;
  return makeTrace({
    id,
    messages: [
      system(prompt.trimEnd()),
      user(request),
      ...steps.slice(0, -1),
      isPlain && !last.content.includes('```')
        ? { ...last, content: `${last.content}${thanks}` }
        : last,
    ],
    tools,
  });
}
