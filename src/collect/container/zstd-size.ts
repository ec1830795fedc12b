/** Most bytes in one block (RFC 8878, section 3.1.1.2.4). */
const MAX_BLOCK = 128 * 1024;

/**
 * An upper bound of what a zstd message holds, from the headers of its frames and blocks alone
 * (RFC 8878, section 3.1.1). Stops counting above `enough`.
 * @throws RangeError when the headers are cut, or a frame wants a window over `enough`.
 */
export function zstdSize(bytes: Uint8Array, enough: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  for (let at = 0; at < bytes.length && total <= enough; ) {
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== 0xfd2fb528) throw new RangeError('not a zstd frame');
    const descriptor = view.getUint8(at + 4);
    const isSingle = (descriptor & 0x20) !== 0;
    const contentBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
    if (!isSingle) {
      const window = view.getUint8(at + 5);
      const base = 2 ** (10 + (window >> 3));
      if (base + (base / 8) * (window & 7) > enough)
        throw new RangeError('its window is too large');
    }
    at += 5 + (isSingle ? 0 : 1) + dictionaryBytes;
    if (contentBytes > 1) {
      const declared =
        contentBytes === 8
          ? Number(view.getBigUint64(at, true))
          : contentBytes === 4
            ? view.getUint32(at, true)
            : view.getUint16(at, true) + 256;
      if (declared > enough) return declared;
    }
    at += contentBytes;
    for (let isLast = false; !isLast && total <= enough; ) {
      const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
      const size = header >> 3;
      const type = (header >> 1) & 3;
      isLast = (header & 1) === 1;
      total += type === 2 ? MAX_BLOCK : size;
      at += 3 + (type === 1 ? 1 : size);
    }
    if ((descriptor & 4) !== 0) at += 4;
  }
  return total;
}
