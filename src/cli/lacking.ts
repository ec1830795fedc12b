import type { Analysis } from '../contract/analysis.ts';
import type { ChecklistItem, ReadinessItem, Recorder, SdkLine } from '../contract/readiness.ts';
import { count } from '../text/format.ts';
import { wrapHanging } from './wrap.ts';

/** What the detectors read. */
const CONTENT: readonly ReadinessItem[] = [
  ...(['input', 'output', 'tool_results', 'tool_definitions', 'documents'] as const),
];
/** What failures are compared by. */
const COMPARED: readonly ReadinessItem[] = ['prompt_version', 'tenant'];

/**
 * What the traces lack that would change the result, and the line that adds the first of it in the words of their SDK: at most six
 * lines, none for complete traces.
 * @param report whether there is one, which has the other lines.
 */
export function lacking(analysis: Analysis, width: number, report: boolean): string[] {
  const lacks = (recorder: Recorder) => ({ recorder, items: missing(recorder, analysis) });
  const found = analysis.recorders.map(lacks).find(({ items }) => items.length > 0);
  if (found === undefined) return [];
  const { recorder, items } = found;
  const whose = recorder.sdk === 'other' ? 'traces' : `traces of ${recorder.name}`;
  const first = items.find((item) => linesFor(item).length > 0) ?? items[0]!;
  const lines = linesFor(first);
  const place = lines.length === 0 ? '' : `. ${placeOf(lines[0]!)}:`;
  const others = items.some((item) => item !== first && linesFor(item).length > 0);
  const where = report ? 'About in the report has' : 'the output of --json has';
  return [
    wrapHanging(`${whose} lack ${items.map(named).join(', ')}`, width, '  '),
    `  ${wrapHanging(`${first.label}: ${first.why}${place}`, width - 2, '  ')}`,
    ...lines.map(({ code }) => `    ${code}`),
    ...(others ? [`  ${where} the lines for the others`] : []),
  ];
}

function missing({ sdk, traces, checklist }: Recorder, analysis: Analysis) {
  const some = (of: readonly ReadinessItem[], isMissing: (item: ChecklistItem) => boolean) =>
    checklist.filter((each) => of.includes(each.item) && isMissing(each));
  const content = some(CONTENT, ({ applies, carried }) => {
    const lack = applies - carried;
    return lack > 0.1 * applies && lack > 0.01 * traces;
  });
  const scores = hasOutcomes(analysis) ? [] : some(['scores'], ({ carried }) => carried === 0);
  // What no SDK recorded is a table or a log of chats, which often have no such thing.
  const compared = sdk === 'other' ? [] : some(COMPARED, isRare);
  const found = [...content, ...scores, ...compared];
  // The causes of a file are the same without users; beside other lines, theirs is soon added.
  return found.length === 0 || sdk === 'other' ? found : [...found, ...some(['user'], isRare)];
}

const hasOutcomes = ({ outcomes, rules }: Analysis): boolean =>
  outcomes.judged > 0 || rules.length > 0;

const isRare = ({ applies, carried }: ChecklistItem): boolean => carried < 0.5 * applies;

const named = ({ label, applies, carried }: ChecklistItem): string =>
  carried === 0 ? label : `${label} (${count(applies - carried)} of ${count(applies)})`;

/** The first, and the same in the other language; what is sent to a server is none of a file's. */
function linesFor({ lines }: ChecklistItem): readonly SdkLine[] {
  const [first, ...others] = lines.filter(({ language }) => language !== 'http');
  if (first === undefined) return [];
  const same = others.find(({ language }) => language === 'python');
  return first.language === 'javascript' && same !== undefined ? [first, same] : [first];
}

const placeOf = ({ note }: SdkLine): string =>
  note === '' ? 'To add it' : `${note.slice(0, 1).toUpperCase()}${note.slice(1)}`;
