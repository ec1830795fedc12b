import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { StateDot, stateName } from './StateDot.tsx';

const drawn = (state: string): string => renderToStaticMarkup(<StateDot state={state} />);

describe('the circle of a state', () => {
  test('is empty when new, fills, and is full when fixed', () => {
    expect(drawn('new')).not.toContain('state-dot-fill');
    // A quarter ends at three o'clock, a half at six.
    expect(drawn('confirmed')).toContain('A4 4 0 0 1 10.00 6.00Z');
    expect(drawn('fixing')).toContain('A4 4 0 0 1 6.00 10.00Z');
    expect(drawn('fixed')).toMatch(/<circle class="state-dot-fill"/);
  });

  test('is decoration; the name stands beside it', () => {
    expect(drawn('new')).toContain('aria-hidden="true"');
    expect(stateName('regressed')).toBe('Regressed');
  });
});
