import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';

/** A value as deflated JSON in base64, for long texts inside a page. The same value gives the same text. */
export const packed = (value: unknown): string => {
  const bytes = deflateSync(strToU8(JSON.stringify(value)), { level: 9 });
  return btoa(strFromU8(bytes, true));
};

/** The value in what `packed` made. Throws for anything else. */
export const unpacked = (text: string): unknown =>
  JSON.parse(strFromU8(inflateSync(strToU8(atob(text), true))));
