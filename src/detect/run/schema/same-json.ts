import type { Json, JsonObject } from '../../../contract/json.ts';
import type { StepBudget } from './step-budget.ts';

/** Whether two values are equal as JSON Schema compares them: objects whatever the order of their keys. */
export function sameJson(left: Json, right: Json, budget: StepBudget): boolean {
  budget.spend(1);
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => sameJson(item, right[index], budget));
  }
  const [one, other] = [left as JsonObject, right as JsonObject];
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(other, name) && sameJson(one[name] ?? null, other[name] ?? null, budget),
  );
}

/** A text that two values share exactly if they are equal; keys are sorted. */
export function canonicalJson(value: Json, budget: StepBudget): string {
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value);
    budget.spend(1 + text.length / 16);
    return text;
  }
  budget.spend(1);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, budget)).join()}]`;
  const members = Object.entries(value as JsonObject)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item, budget)}`);
  return `{${members.join()}}`;
}
