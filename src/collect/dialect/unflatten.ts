import type { Json } from '../../contract/json.ts';

/** Array slots that the indexed keys of one span may use; keys beyond it are refused and the span is kept. */
const MAX_SLOTS = 10_001;

/** One indexed attribute: `llm.input_messages.0.message.role` has path [0, 'message', 'role']. */
export interface IndexedAttribute {
  readonly path: readonly (string | number)[];
  readonly value: Json;
}

export interface SlotBudget {
  used: number;
  refused: number;
}

/** The list encoded by indexed attributes, without holes. */
export function unflatten(entries: readonly IndexedAttribute[], budget: SlotBudget): Json[] {
  const root: Slot[] = [];
  for (const entry of entries) {
    if (!place(root, entry, budget)) budget.refused++;
  }
  return root.filter((item) => item !== undefined) as Json[];
}

type Slot = Json | undefined | Slot[] | { [key: string]: Slot };

function place(root: Slot[], entry: IndexedAttribute, budget: SlotBudget): boolean {
  const { path } = entry;
  const needed = slotsFor(root, path);
  if (needed < 0 || budget.used + needed > MAX_SLOTS) return false;
  budget.used += needed;
  let node: Slot[] | { [key: string]: Slot } = root;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const key = path[depth] as string | number;
    const next: Slot = at(node, key);
    if (next === undefined) {
      const made: Slot[] | { [key: string]: Slot } = typeof path[depth + 1] === 'number' ? [] : {};
      put(node, key, made);
      node = made;
    } else node = next as Slot[] | { [key: string]: Slot };
  }
  const last = path[path.length - 1] as string | number;
  if (typeof at(node, last) === 'object') return false;
  put(node, last, entry.value);
  return true;
}

/** Number of array slots the path adds; −1 when it contradicts earlier keys. */
function slotsFor(root: Slot[], path: readonly (string | number)[]): number {
  let node: Slot = root;
  let needed = 0;
  for (const key of path) {
    if (typeof key === 'number') {
      const length: number = Array.isArray(node) ? node.length : 0;
      if (key >= length) needed += key + 1 - length;
    }
    if (node === undefined) continue;
    if (typeof node !== 'object' || node === null) return -1;
    if (Array.isArray(node) !== (typeof key === 'number')) return -1;
    node = at(node as Slot[] | { [key: string]: Slot }, key);
  }
  return needed;
}

const at = (node: Slot[] | { [key: string]: Slot }, key: string | number): Slot =>
  (node as { [key: string | number]: Slot })[key];

function put(node: Slot[] | { [key: string]: Slot }, key: string | number, value: Slot): void {
  (node as { [key: string | number]: Slot })[key] = value;
}
