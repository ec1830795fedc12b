import type { Evidence } from '../contract/signal.ts';

/** Each piece of evidence once; the name of a tool or a span, which explains least, comes after the others. */
export function explainingFirst(
  first: Evidence,
  ...more: readonly Evidence[]
): readonly [Evidence, ...Evidence[]] {
  const unique = new Map([first, ...more].map((each) => [`${each.path}\n${each.quote}`, each]));
  const all = [...unique.values()];
  const [leading = first, ...rest] = [
    ...all.filter((each) => !isName(each)),
    ...all.filter(isName),
  ];
  return [leading, ...rest];
}

const isName = ({ path }: Evidence): boolean => NAME.test(path);

const NAME = /^\/(?:messages\/\d+\/toolCalls\/\d+|spans\/\d+(?:\/toolCall)?)\/name$/;
