import {
  type ChecklistItem,
  READINESS_ITEMS,
  type ReadinessItem,
  type Sdk,
} from '../contract/readiness.ts';
import { READINESS_TEXT } from './readiness.ts';
import { sdkLines } from './sdk-line.ts';

/** Traces that carry an item, and those that lack it. */
export interface ItemCount {
  readonly carry: number;
  readonly lack: number;
}

/** The checklist of traces of one SDK: items that apply to none are left out, lines come where something is missing. */
export const checklistOf = (
  sdk: Sdk,
  counts: Readonly<Partial<Record<ReadinessItem, ItemCount>>>,
): readonly ChecklistItem[] =>
  READINESS_ITEMS.flatMap((item) => {
    const { carry = 0, lack = 0 } = counts[item] ?? {};
    if (carry + lack === 0) return [];
    const lines = lack === 0 ? [] : sdkLines(sdk, item);
    return [{ item, ...READINESS_TEXT[item], applies: carry + lack, carried: carry, lines }];
  });
