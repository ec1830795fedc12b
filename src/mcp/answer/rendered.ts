import { fenced } from '../../text/untrusted.ts';
import type { Fields, Value } from './answer.ts';
import { isRecorded, type Recorded } from './recorded.ts';

/**
 * An answer as text: a line for each fact. Text of traces stands in code spans, or in fences where it is long; both are
 * longer than any in it.
 */
export const rendered = (answer: Fields): string =>
  Object.entries(answer)
    .flatMap(([name, value]) => linesOf(words(name), value))
    .join('\n');

function linesOf(name: string, value: Value | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!isList(value)) return entryOf(`${name}: `, isFields(value) ? value : { '': value });
  if (value.length === 0) return [`${name}: none`];
  return [
    `${name}:`,
    ...value.flatMap((each) => entryOf('- ', isFields(each) ? each : { '': each })),
  ];
}

/** Short facts in one line, then long texts in fences. */
function entryOf(begin: string, fields: Fields): readonly string[] {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  const isLong = ([, value]: readonly [string, Value | undefined]): boolean =>
    isRecorded(value) && !isShort(value);
  const facts = entries
    .filter((entry) => !isLong(entry))
    .map(([name, value]) => `${name === '' ? '' : `${words(name)}: `}${short(value as Value)}`);
  const blocks = entries
    .filter(isLong)
    .flatMap(([name, value]) => block(words(name), value as Recorded));
  return [`${begin}${facts.join(' · ')}`.trimEnd(), ...blocks];
}

const short = (value: Value): string => {
  if (isRecorded(value)) return `${span(value.recorded)}${more(value)}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const block = (name: string, text: Recorded): readonly string[] => [
  `${name === '' ? 'text' : name}, recorded${more(text)}:`,
  fenced(text.recorded, Number.POSITIVE_INFINITY),
];

const more = ({ omitted }: Recorded): string =>
  omitted === undefined ? '' : ` (${omitted} more characters)`;

/** Longer texts, and those of several lines, stand in a fence. */
const LONGEST_SPAN = 240;

const isShort = ({ recorded }: Recorded): boolean =>
  recorded.length <= LONGEST_SPAN && !/[\n\r]/.test(recorded);

/** A code span that the text cannot end. */
function span(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
  const mark = '`'.repeat(longest + 1);
  const space = /^`|`$|^$/.test(text) ? ' ' : '';
  return `${mark}${space}${text}${space}${mark}`;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !isRecorded(value) && !isList(value);

/** `failureRate` is `failure rate`. */
const words = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
