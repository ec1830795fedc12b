import { describe, expect, test } from 'vitest';
import type { Failure } from '../../contract/failure.ts';
import { makeFailure, makeSignal } from '../../testing/signal.ts';
import { makeSpan, makeTrace } from '../../testing/trace.ts';
import { statement, tool as toolSlot } from '../../text/statement.ts';
import { brief } from './brief.ts';
import { structure } from './structure.ts';

const cause = makeSignal({
  detector: 'agent_loop',
  category: 'agent_loop',
  cause: ['same call', 'track_parcel'],
  statement: statement`${toolSlot('track_parcel')} called again with the same arguments`,
});
const failure = (parts: Partial<Failure>): Failure => makeFailure({ signals: [cause], ...parts });
const tool = (id: string, name: string, failed = false) =>
  makeSpan({
    id,
    kind: 'tool',
    toolCall: { id: null, name, arguments: {} },
    ...(failed && {
      status: 'error' as const,
      error: { type: 'timeout', message: '', spanId: id },
    }),
  });

describe('the structure of a failure', () => {
  const spans = [
    makeSpan({ id: 'root', kind: 'agent' }),
    makeSpan({ id: 'm', kind: 'model' }),
    tool('a', 'search'),
    tool('b', 'search'),
    tool('c', 'search'),
    tool('d', 'search'),
    tool('e', 'search'),
    tool('f', 'pay', true),
    makeSpan({ id: 'after', kind: 'model' }),
  ];
  test('is the sequence of steps up to the root span, with repeats collapsed', () => {
    expect(structure(failure({ trace: makeTrace({ spans }), rootSpanId: 'f' }))).toBe(
      'agent model tool:search×4 tool:pay!timeout',
    );
  });

  test('covers all steps if there is no root span', () => {
    expect(structure(failure({ trace: makeTrace({ spans }) }))).toMatch(/tool:pay!timeout model$/);
  });

  test('lists the messages of a conversation', () => {
    const blank = { content: '', toolCalls: [], toolCallId: null, name: null, spanId: null };
    const messages = [
      { ...blank, role: 'user' as const },
      {
        ...blank,
        role: 'assistant' as const,
        toolCalls: [{ id: null, name: 'search', arguments: {} }],
      },
      { ...blank, role: 'tool' as const },
      { ...blank, role: 'assistant' as const },
    ];
    expect(structure(failure({ trace: makeTrace({ messages }) }))).toBe(
      'user tool:search tool assistant',
    );
  });
});

describe('the brief of a failure', () => {
  test('lists the detector, the parts of the cause, the statement, and other categories', () => {
    const other = makeSignal({ detector: 'truncation', category: 'truncation' });
    const filter = makeSignal({ detector: 'score', tier: 'filter', category: null });
    expect(brief(failure({ signals: [filter, cause, other] }))).toBe(
      [
        'agent_loop',
        'same call',
        'track_parcel',
        '`track_parcel` called again with the same arguments',
        'truncation',
      ].join('\n'),
    );
  });

  test('does not depend on model, version, tenant or the user’s words', () => {
    const one = failure({
      trace: makeTrace({ input: 'where is 17', model: 'm1', promptVersion: 'v1', tenant: 'a' }),
    });
    const other = failure({
      trace: makeTrace({ input: 'my parcel 99!', model: 'm2', promptVersion: 'v2', tenant: 'b' }),
    });
    expect(brief(one)).toBe(brief(other));
  });

  test('gives the error and the structure of the run for an unexplained failure', () => {
    const error = { type: 'rate_limit', message: 'slow down', spanId: null };
    const text = brief(
      failure({
        signals: [
          makeSignal({
            detector: 'error_status',
            tier: 'filter',
            category: null,
            cause: ['rate_limit'],
          }),
        ],
        trace: makeTrace({
          error,
          spans: [makeSpan({ id: 'a', kind: 'agent' }), tool('b', 'pay')],
        }),
      }),
    );
    for (const part of ['rate_limit', 'agent', 'tool:pay']) expect(text).toContain(part);
  });
});
