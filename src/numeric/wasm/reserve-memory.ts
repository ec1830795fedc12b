const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Memory for that many bytes; null if it cannot be allocated. */
export function reserveMemory(bytes: number, isShared: boolean): WebAssembly.Memory | null {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > MOST_PAGES || typeof WebAssembly === 'undefined') return null;
  try {
    // Shared memory has to state its maximum; the module asks for at least this much.
    return new WebAssembly.Memory(
      isShared
        ? { initial: pages, maximum: MOST_PAGES, shared: true }
        : { initial: pages, maximum: pages },
    );
  } catch {
    return null;
  }
}
