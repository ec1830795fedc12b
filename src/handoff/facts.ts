import type { Analysis } from '../contract/analysis.ts';
import { traceAddress } from '../contract/trace-address.ts';
import { UNEXPLAINED } from '../contract/unexplained.ts';
import { causeProof } from '../text/cause-proof.ts';
import { count, percentRange, threeDigits } from '../text/format.ts';
import { layerLabel } from '../text/layer-label.ts';
import { inlineCode, sentence } from '../text/untrusted.ts';
import type { Cause, HandoffSource } from './cause.ts';

/** How many, how sure, where the fix goes, and since when: one line each. */
export function measures({ cluster, total }: Cause, { options }: Analysis): string[] {
  const noun = options.all ? 'traces' : 'failures';
  const size = `${count(cluster.population)} of ${count(total)} ${noun} (${percentRange(cluster.shareInterval)})`;
  const rate = `${threeDigits(cluster.ratePerThousand)} per 1,000 traces`;
  const severity = cluster.severity === null ? [] : [`severity ${cluster.severity} of 5`];
  const layer = options.all ? [] : [layerLabel(cluster)];
  return [[size, rate, ...severity, ...layer].join(' · '), ...seen(cluster)];
}

function seen({ firstSeen, lastSeen, badges }: Cause['cluster']): string[] {
  const times =
    firstSeen === null || lastSeen === null
      ? []
      : [`first seen ${moment(firstSeen)}, last seen ${moment(lastSeen)}`];
  const line = [...times, ...badges.map(({ text }) => sentence(text, 200))].join(' · ');
  return line === '' ? [] : [line];
}

/** `2026-06-01 14:42 UTC`. */
const moment = (time: number): string =>
  Math.abs(time) > 8.64e15
    ? 'never'
    : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const MOST_REASONS = 6;
/** Joins the parts of a cause, which repeat the title in the terms of the detector. */
const PATH = '›';

/** How failing and passing traces differ, why that may be, and how far it is proven; else why it is one cause. */
export function reasons({ cluster }: Cause): string[] {
  const proof = causeProof(cluster);
  const known = [
    ...cluster.contrasts.map((contrast) => contrast.sentence),
    ...cluster.why.map(({ statement }) => statement),
    ...(proof === null ? [] : [proof]),
  ];
  const all =
    cluster.contrasts.length + cluster.why.length > 0
      ? known
      : [...known, ...cluster.reasons.filter((reason) => !reason.includes(PATH))];
  return all.slice(0, MOST_REASONS).map((reason) => sentence(reason));
}

/** What a good run does; null where nobody knows. */
export const passCriterion = ({ category }: Cause): string | null =>
  category === null || category.id === UNEXPLAINED.id ? null : sentence(category.definition);

/** A trace by its id, with its address where there is one. */
export function traceLink(id: string, { traceUrl }: HandoffSource): string {
  const name = inlineCode(id, 80);
  return traceUrl === null
    ? name
    : `[${name}](${traceAddress(traceUrl, id).replaceAll(')', '%29')})`;
}
