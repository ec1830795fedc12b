import type { GuardAction, GuardAnswer, GuardReport } from '../contract/guard.ts';
import { clopperPearson } from '../numeric/statistics/clopper-pearson.ts';

/** Counts what a guard finds. */
export class GuardCount {
  #asked = 0;
  #sound = 0;
  #alarms = 0;
  #unanswered = 0;
  readonly #actions: Record<GuardAction, number> = { allow: 0, flag: 0, block: 0 };
  readonly #categories = new Map<string, number>();

  /** @param isSound true where somebody says that nothing is wrong with the run. */
  add(
    action: GuardAction,
    { findings, unanswered }: Pick<GuardAnswer, 'findings' | 'unanswered'>,
    isSound: boolean,
  ): void {
    this.#asked += 1;
    this.#actions[action] += 1;
    if (unanswered.length > 0) this.#unanswered += 1;
    for (const category of new Set(findings.map((each) => each.category)))
      this.#categories.set(category, (this.#categories.get(category) ?? 0) + 1);
    if (!isSound) return;
    this.#sound += 1;
    if (findings.length > 0) this.#alarms += 1;
  }

  report(): GuardReport {
    const rate = (count: number, of = this.#asked) => ({
      count,
      of,
      interval: of === 0 ? ([0, 1] as const) : clopperPearson(count, of),
    });
    return {
      asked: this.#asked,
      flagged: rate(this.#actions.flag),
      blocked: rate(this.#actions.block),
      falseAlarms: this.#sound === 0 ? null : rate(this.#alarms, this.#sound),
      unanswered: this.#unanswered,
      byCategory: [...this.#categories]
        .sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
        .map(([category, count]) => ({ category, rate: rate(count) })),
    };
  }
}
