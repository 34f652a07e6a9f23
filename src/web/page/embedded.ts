/** The text of a piece of data in the page, which then goes. */
export function embeddedText(id: string): string {
  const element = document.getElementById(id);
  const text = element?.textContent ?? '';
  element?.remove();
  return text;
}

/** The bytes that a packed text stands for: base64 of gzip. */
export async function unpacked(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const binary = atob(text);
  const zip = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) zip[i] = binary.charCodeAt(i);
  const stream = new Blob([zip]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
