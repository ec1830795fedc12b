/** The exports of a module on this memory, from the text for memory of its own or shared; `null` where the host refuses. */
export function loadModule<Exports>(
  memory: WebAssembly.Memory,
  own: string,
  shared: string,
): Exports | null {
  try {
    const module = compiled(memory.buffer instanceof ArrayBuffer ? own : shared);
    return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  } catch {
    return null;
  }
}

/** Kept, because code that has run for a while is optimized. */
const modules = new Map<string, WebAssembly.Module>();

function compiled(text: string): WebAssembly.Module {
  const known = modules.get(text);
  if (known) return known;
  const module = new WebAssembly.Module(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  modules.set(text, module);
  return module;
}
