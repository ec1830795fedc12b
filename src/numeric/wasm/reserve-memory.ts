const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Memory for that many bytes; null where it cannot be had. */
export function reserveMemory(bytes: number, isShared: boolean): WebAssembly.Memory | null {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > MOST_PAGES || typeof WebAssembly === 'undefined') return null;
  try {
    // Memory that is shared must say its most; the module asks for no less than this.
    return new WebAssembly.Memory(
      isShared
        ? { initial: pages, maximum: MOST_PAGES, shared: true }
        : { initial: pages, maximum: pages },
    );
  } catch {
    return null;
  }
}
