import { describe, expect, test } from 'vitest';
import { makeSignal } from '../testing/signal.ts';
import { causeKey, causePath, NO_CAUSE } from './cause.ts';

const signal = (parts: Parameters<typeof makeSignal>[0] = {}) =>
  makeSignal({ cause: ['provenance', 'refund_order.order_id'], ...parts });

describe('the path of a cause', () => {
  test('begins with the category and omits a detector of the same name', () => {
    const path = causePath(signal({ category: 'agent_loop' }));
    expect(path).toEqual([
      ...['agent_loop', 'tool_argument_mismatch', 'provenance', 'refund_order.order_id'],
    ]);
    expect(causePath(signal())).toEqual([
      ...['tool_argument_mismatch', 'provenance', 'refund_order.order_id'],
    ]);
  });

  test('omits the detector for outliers, which have a category per measure', () => {
    const outlier = signal({
      detector: 'outlier',
      tier: 'outlier',
      category: 'latency_outlier',
      cause: ['checkout'],
    });
    expect(causePath(outlier)).toEqual(['latency_outlier', 'checkout']);
  });
});

describe('the key of a cause', () => {
  test('joins the parts of the path', () => {
    expect(causeKey(['agent_loop', 'search'])).toBe('cause|agent_loop|search');
  });

  test('differs for different paths, whatever the parts contain', () => {
    const paths = [
      ...[
        ['a', 'b'],
        ['a|b'],
        ['a\\', 'b'],
        ['a\\|b'],
        ['a\\\\', 'b'],
        ['a'],
        ['a', '', 'b'],
        ['a||b'],
      ],
      ...[['|'], ['\\'], ['a|'], ['a', '|']],
    ];
    expect(new Set([NO_CAUSE, ...paths.map(causeKey)]).size).toBe(paths.length + 1);
  });
});
