import type { Queue, QueueItem } from './label-queries.ts';

type Reason = QueueItem['reasons'][number];
type Rule = Queue['rules'][number];

/** Reasons that rules can ask for, in words. */
export const RULE_REASONS: readonly (readonly [
  value: NonNullable<Rule['reason']>,
  text: string,
])[] = [
  ['new_kind', 'of a new kind: fits no cause'],
  ['disagreement', 'disagreed about'],
  ['edge', 'at the edge of a cause'],
];

const REASONS: Readonly<Record<Reason['kind'], string>> = {
  error: 'ended with an error',
  thumbs_down: 'thumbs-down',
  low_score: 'low score',
  new_kind: 'new kind',
  disagreement: 'disagree',
  edge: 'edge of cause',
  signal: 'found',
  cause: 'of cause',
  rank: 'cause of rank',
  chosen: 'chosen by somebody',
};

/** Why an item is in its queue, in words: `found: agent loop`, `edge of cause: Refunds fail`. */
export function reasonText(
  { kind, name }: Pick<Reason, 'kind' | 'name'>,
  titleOf: (cause: string) => string = (id) => id,
): string {
  if (kind === 'rank') return `${REASONS.rank} ${name}`;
  if (kind === 'disagreement') return `${name} disagree`;
  const shown =
    kind === 'edge' || kind === 'cause'
      ? titleOf(name).replaceAll('`', '')
      : name.replaceAll('_', ' ');
  return shown === '' ? REASONS[kind] : `${REASONS[kind]}: ${shown}`;
}

/** What a rule takes, in a few words: `new kind, tenant acme, 10%`. */
export function ruleText(rule: Rule, titleOf: (cause: string) => string): string {
  const { reason, signal, cause, tenant, score, sample = 1 } = rule;
  const parts = [
    ...RULE_REASONS.flatMap(([value, text]) => (value === reason ? [text] : [])),
    ...(signal === undefined ? [] : [`found: ${signal.replaceAll('_', ' ')}`]),
    ...(cause === undefined ? [] : [titleOf(cause).replaceAll('`', '')]),
    ...(tenant === undefined ? [] : [`tenant ${tenant}`]),
    ...(score === undefined ? [] : [`${score.name} below ${score.below}`]),
    ...(sample < 1 ? [`${Math.round(100 * sample)}%`] : []),
  ];
  return parts.length === 0 ? 'every failure' : parts.join(', ');
}
