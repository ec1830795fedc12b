import { expect, test } from 'vitest';
import type { ReportMessage } from '../../../contract/report.ts';
import { makeReport } from '../testing/make-report.ts';
import { provenance } from './provenance.ts';

const [example] = makeReport({ failures: 3 }).traces;
if (example === undefined) throw new RangeError('no trace');
const say = (index: number, role: ReportMessage['role'], content: string): ReportMessage => ({
  index,
  role,
  name: role === 'tool' ? 'get_account' : null,
  content,
  omitted: 0,
  toolCalls: [],
  spanId: null,
});
const trace = {
  ...example,
  messages: [
    say(0, 'system', 'Never refund 999.'),
    say(1, 'user', 'I am ann@example.com'),
    say(2, 'tool', '{"list":[{"account_id":"38481392"}]}'),
    say(3, 'assistant', 'Order 777 it is.'),
    say(4, 'tool', 'plain 555'),
    say(6, 'user', 'later 444'),
  ],
};

test.each([
  ['ann@example.com', 'the user’s message'],
  ['38481392', 'account_id in the result of get_account'],
  [999, 'the system prompt'],
  [777, 'an earlier answer'],
  ['555', 'the result of get_account'],
  ['444', 'in no earlier message'],
  ['12', ''],
  [true, ''],
])('%s comes from %s', (value, place) => {
  expect(provenance(trace, 5, value)).toBe(place);
});
