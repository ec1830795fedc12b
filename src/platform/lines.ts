import { StringDecoder } from 'node:string_decoder';

/** Lines of a stream without their ends. A line of more than `most` characters is null, and takes no more memory than that. */
export async function* lines(
  stream: AsyncIterable<Uint8Array | string>,
  most: number,
): AsyncGenerator<string | null> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let isTooLong = false;
  for await (const piece of stream) {
    const text = typeof piece === 'string' ? piece : decoder.write(Buffer.from(piece));
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      line += text.slice(start, end);
      yield isTooLong || line.length > most ? null : line.replace(/\r$/, '');
      line = '';
      isTooLong = false;
      start = end + 1;
    }
    line += text.slice(start);
    if (line.length <= most) continue;
    isTooLong = true;
    line = '';
  }
  line += decoder.end();
  if (isTooLong) yield null;
  else if (line !== '') yield line.length > most ? null : line;
}
