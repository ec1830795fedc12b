import type { RecordedResult } from '../../contract/case-payload.ts';
import type { Json } from '../../contract/json.ts';
import type { Replay, ReplayMode } from '../../contract/replay.ts';
import { contentHash } from '../suite/suite-hash.ts';

/**
 * Hands out recorded tool results. In `fifo`, a call gets the next result of its tool, whatever its arguments; in
 * `strict`, the next one with the same tool and arguments. The first call without a recording ends the replay: it and
 * every later one gets an error that says so.
 */
export function replayOf(recorded: readonly RecordedResult[], mode: ReplayMode): Replay {
  const open = recorded.map(({ call, ...rest }) => ({
    ...{ name: call.name, args: contentHash(call.arguments), used: false },
    ...rest,
  }));
  let [calls, different] = [0, 0];
  let divergedAt: number | null = null;
  return {
    call: (name, given) => {
      const args = contentHash(parsed(given));
      const index = calls++;
      const found =
        divergedAt === null
          ? open.find(
              (each) => !each.used && each.name === name && (mode === 'fifo' || each.args === args),
            )
          : undefined;
      if (found === undefined) {
        divergedAt ??= index;
        return { result: `${NOT_RECORDED}: ${name}`, isError: true };
      }
      found.used = true;
      if (found.args !== args) different += 1;
      return { result: found.result, isError: found.isError };
    },
    wasAsked: () => calls > 0,
    report: () => ({ unused: open.filter(({ used }) => !used).length, different, divergedAt }),
  };
}

/** What a call without a recording is answered with. */
export const NOT_RECORDED = 'this call was not recorded, so the replay ends here';

/** Arguments as JSON, which some clients send as text. */
function parsed(given: Json): Json {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
