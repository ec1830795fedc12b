/** Whole numbers from 0 to 2³² − 1 as base64 of LEB128: seven bits a byte, the eighth set where more follow. */
export function packNumbers(numbers: readonly number[]): string {
  let bytes = '';
  for (const number of numbers) {
    let rest = number;
    while (rest >= 128) {
      bytes += String.fromCharCode((rest & 127) | 128);
      rest = Math.floor(rest / 128);
    }
    bytes += String.fromCharCode(rest);
  }
  return btoa(bytes);
}

/** The numbers in what `packNumbers` made. Throws DOMException for text that is not base64. */
export function unpackNumbers(packed: string): number[] {
  const bytes = atob(packed);
  const numbers: number[] = [];
  let number = 0;
  let unit = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charCodeAt(at);
    number += (byte & 127) * unit;
    unit *= 128;
    if (byte >= 128) continue;
    numbers.push(number);
    number = 0;
    unit = 1;
  }
  return numbers;
}
