/** The array in shared memory; a copy, unless it is already shared. */
export function toShared<Kind extends Float32Array | Int32Array | Float64Array | Uint8Array>(
  array: Kind,
): Kind {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const buffer = new SharedArrayBuffer(array.byteLength);
  const shared = new (array.constructor as new (buffer: SharedArrayBuffer) => Kind)(buffer);
  shared.set(array);
  return shared;
}
