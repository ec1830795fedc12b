import { isRecord } from '../../text/json.ts';
import { isSameNumber, numbersIn } from '../run/request-numbers.ts';
import type { Run } from '../run/run.ts';

const MOST_CALLS = 40;

/** How the arguments of the calls relate to the request and to the schemas of the tools. */
export function argumentFigures(run: Run): Readonly<Record<string, number>> {
  const calls = run.calls.slice(0, MOST_CALLS);
  if (calls.length === 0) return {};
  const request = run.input.slice(0, 20_000).toLowerCase();
  const given = numbersIn(run.input);
  let texts = 0;
  let textsGiven = 0;
  let numbers = 0;
  let numbersGiven = 0;
  let optional = 0;
  let possible = 0;
  const used = new Set<number>();
  for (const { leaves, properties, tool, call } of calls) {
    for (const { value } of leaves.slice(0, 100)) {
      if (typeof value === 'string' && value !== '') {
        texts += 1;
        if (request.includes(value.toLowerCase())) textsGiven += 1;
      }
      if (typeof value !== 'number') continue;
      numbers += 1;
      const at = given.findIndex((each) => isSameNumber(value, each));
      if (at >= 0) {
        numbersGiven += 1;
        used.add(at);
      }
    }
    const required = tool?.parameters?.['required'];
    const names = Object.keys(properties ?? {});
    const needed = new Set(Array.isArray(required) ? required : []);
    const free = names.filter((name) => !needed.has(name));
    possible += free.length;
    if (isRecord(call.arguments)) {
      const named = call.arguments;
      optional += free.filter((name) => Object.hasOwn(named, name)).length;
    }
  }
  return {
    arguments: Math.log1p(texts + numbers),
    ...(texts > 0 && { texts_given: textsGiven / texts }),
    ...(numbers > 0 && { numbers_given: numbersGiven / numbers }),
    ...(given.length > 0 && { request_numbers_used: used.size / given.length }),
    ...(possible > 0 && { optional_arguments: optional / possible }),
    ...(possible > 0 && { optional_left_out: Math.log1p(possible - optional) }),
  };
}
