import type { GivenCommandRecord } from '../contract/given-command.ts';
import { longFlag, spelling } from './flags.ts';
import { promoteShape } from './promote-options.ts';
import { storeShape } from './store-options.ts';

/** Cases are redacted by their own options, whose salt is a secret; the rest says where the suite goes, and what models cost. */
const { redact: _, redactSalt: _salt, suite: _suite, cause: _cause, ...kept } = promoteShape;
const { pick: _pick, json: _json, prices: _prices, ...analysis } = kept;

/** Options that decide which causes an analysis finds, and whether each takes a value. */
const FLAGS: ReadonlyMap<string, boolean> = new Map(
  Object.values({ ...analysis, ...storeShape }).map((schema) => [
    longFlag(schema),
    spelling(schema).flag.includes(' '),
  ]),
);

/**
 * What `culprit promote` needs to find the same causes again: files and options as they were typed. Null where there is
 * no cause to promote (`--all`), and for standard input, which cannot be read again.
 * @param given the arguments after `culprit`
 */
export function typedCommand(
  files: readonly string[],
  given: readonly string[],
): GivenCommandRecord | null {
  if (files.includes('-') || given.includes('--all')) return null;
  const flags: string[] = [];
  for (const [at, word] of given.entries()) {
    const [name = '', value] = word.split(/=(.*)/s);
    const takesValue = FLAGS.get(name);
    if (takesValue === undefined) continue;
    flags.push(word);
    const next = given[at + 1];
    if (takesValue && value === undefined && next !== undefined) flags.push(next);
  }
  return { files, flags };
}
