/** Something offered with its key; of equal keys the lower position comes first. */
export interface Keyed {
  readonly key: number;
  readonly position: number;
}

/** Keeps the `capacity` items with the lowest keys of all that were offered, whatever their order. */
export interface BottomK<T extends Keyed> {
  readonly offer: (at: Keyed, make: () => T) => void;
  /** Whether an item offered there would be kept for now. */
  readonly takes: (at: Keyed) => boolean;
  /** Ascending. */
  readonly items: () => readonly T[];
}

/** Binary max-heap: the worst kept item is on top. */
export function bottomK<T extends Keyed>(capacity: number): BottomK<T> {
  const heap: T[] = [];
  const takes = (at: Keyed): boolean =>
    heap.length < capacity || (capacity > 0 && order(at, heap[0]!) < 0);
  return {
    takes,
    offer: (at, make) => {
      if (!takes(at)) return;
      const made = make();
      if (heap.length < capacity) {
        heap.push(made);
        rise(heap, heap.length - 1);
      } else {
        heap[0] = made;
        sink(heap);
      }
    },
    items: () => heap.toSorted(order),
  };
}

export const order = (a: Keyed, b: Keyed): number => a.key - b.key || a.position - b.position;

function rise(heap: Keyed[], from: number): void {
  let child = from;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (order(heap[parent]!, heap[child]!) >= 0) return;
    swap(heap, parent, child);
    child = parent;
  }
}

function sink(heap: Keyed[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    let largest = parent;
    if (left < heap.length && order(heap[left]!, heap[largest]!) > 0) largest = left;
    if (right < heap.length && order(heap[right]!, heap[largest]!) > 0) largest = right;
    if (largest === parent) return;
    swap(heap, parent, largest);
    parent = largest;
  }
}

function swap(heap: Keyed[], a: number, b: number): void {
  const kept = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = kept;
}
