/** Copies a text. The clipboard API is missing if the page is not a secure context. Rejects when copying is refused. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new DOMException('copy was refused', 'NotAllowedError');
}
