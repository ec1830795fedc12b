/** Keeps the `capacity` items with the lowest keys of all that were offered, whatever their order. */
export interface Lowest<T> {
  /** True when the item is kept for now. */
  readonly offer: (key: number, make: () => T) => boolean;
  /** Ascending by key. */
  readonly items: () => readonly { readonly key: number; readonly item: T }[];
}

/** Binary max-heap: the worst kept item is on top. */
export function lowest<T>(capacity: number): Lowest<T> {
  const heap: { key: number; item: T }[] = [];
  return {
    offer: (key, make) => {
      if (heap.length < capacity) {
        heap.push({ key, item: make() });
        rise(heap, heap.length - 1);
        return true;
      }
      if (capacity === 0 || key >= heap[0]!.key) return false;
      heap[0] = { key, item: make() };
      sink(heap);
      return true;
    },
    items: () => heap.toSorted((a, b) => a.key - b.key),
  };
}

function rise(heap: { key: number }[], from: number): void {
  let child = from;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (heap[parent]!.key >= heap[child]!.key) return;
    swap(heap, parent, child);
    child = parent;
  }
}

function sink(heap: { key: number }[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    let largest = parent;
    if (left < heap.length && heap[left]!.key > heap[largest]!.key) largest = left;
    if (right < heap.length && heap[right]!.key > heap[largest]!.key) largest = right;
    if (largest === parent) return;
    swap(heap, parent, largest);
    parent = largest;
  }
}

function swap(heap: { key: number }[], a: number, b: number): void {
  const kept = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = kept;
}
