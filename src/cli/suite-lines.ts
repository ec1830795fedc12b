import type { CheckUse } from '../contract/check-use.ts';
import type { Suite } from '../contract/suite.ts';
import { plain } from '../text/printable.ts';
import type { SuiteDiff } from '../verify/verify.ts';
import { style } from './style.ts';

const WIDTH = 160;

/** A use of a check on one line. */
export function useLine({ check, params, negate, provisional }: CheckUse): string {
  const given = params === undefined ? '' : ` ${JSON.stringify(params)}`;
  const marks = [negate === true ? 'negated' : '', provisional === true ? 'provisional' : ''];
  const shown = [...marks.filter((mark) => mark !== '')].map((mark) => ` (${mark})`).join('');
  return plain(`${check}${given}${shown}`).slice(0, WIDTH);
}

/** What differs between two versions, one line each: `+` new, `-` gone, `~` changed. */
export function diffLines({
  cause,
  from,
  to,
  added,
  removed,
  changed,
  fields,
}: SuiteDiff): string[] {
  const head = `${cause}  ${from} → ${to}`;
  if (from === to && added.length + removed.length + changed.length + fields.length === 0)
    return [`${cause}  ${from}: no difference`];
  return [
    style('bold', head),
    ...added.map((each) => style('green', `+ ${caseLine(each)}`)),
    ...removed.map((each) => style('red', `- ${caseLine(each)}`)),
    ...changed.map(({ id, fields: names }) => style('yellow', `~ ${id}: ${names.join(', ')}`)),
    ...fields.map(({ name, from: before, to: after }) =>
      style('yellow', plain(`~ ${name}: ${short(before)} → ${short(after)}`)),
    ),
  ];
}

const caseLine = ({ id, role, input }: Suite['cases'][number]): string =>
  plain(`${id}  ${role}  ${input ?? ''}`).slice(0, WIDTH);

const short = (value: unknown): string => (JSON.stringify(value) ?? 'none').slice(0, 120);
