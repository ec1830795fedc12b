/** Numbers as base64 of float32, little-endian. */
export function packFloats(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (let at = 0; at < values.length; at++) view.setFloat32(4 * at, values[at]!, true);
  let bytes = '';
  for (let at = 0; at < view.byteLength; at++) bytes += String.fromCharCode(view.getUint8(at));
  return btoa(bytes);
}

/** The numbers in what `packFloats` made; a rest of fewer than four bytes is left out. Throws DOMException for text that is not base64. */
export function unpackFloats(packed: string): Float32Array {
  const bytes = atob(packed);
  const view = new DataView(new ArrayBuffer(bytes.length));
  for (let at = 0; at < bytes.length; at++) view.setUint8(at, bytes.charCodeAt(at));
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) =>
    view.getFloat32(4 * at, true),
  );
}
