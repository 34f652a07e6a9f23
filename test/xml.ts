import assert from 'node:assert/strict';

/** What an XML text consists of. */
interface XmlParts {
  /** Names of elements, in the order of their beginnings. */
  readonly elements: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

const token =
  /<\?xml [^<>]*\?>|<!DOCTYPE [^<>[]*>|<!--(?:(?!--)[\s\S])*-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/([\w:]+)\s*>|<([\w:]+)((?:\s+[\w:-]+=(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/** The parts of an XML text; fails where it is not well-formed. */
function xmlParts(text: string): XmlParts {
  assert.doesNotMatch(
    text,
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u,
    'characters that XML has not',
  );
  const elements: string[] = [];
  const attributes: { name: string; value: string }[] = [];
  const open: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    assert.ok(found !== null, `not well-formed: ${text.slice(at, at + 80)}`);
    const [, end, start, list = '', alone, content] = found;
    if (end !== undefined) assert.equal(end, open.pop());
    if (content !== undefined) checkText(content);
    if (start === undefined) continue;
    elements.push(start);
    if (alone === '') open.push(start);
    for (const [, name = '', quoted = ''] of list.matchAll(/([\w:-]+)=("[^"]*"|'[^']*')/g)) {
      checkText(quoted);
      attributes.push({ name, value: quoted.slice(1, -1) });
    }
  }
  assert.deepEqual(open, []);
  return { elements, attributes };
}

function checkText(text: string): void {
  assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)|\]\]>/);
  for (const [, number = ''] of text.matchAll(/&#(x?[\da-fA-F]+);/g))
    assert.ok(
      Number(number.replace(/^x/, '0x')) >= 32 || ['9', '10', '13', 'xA', 'x9', 'xD'].includes(number),
      number,
    );
}

/** Fails where an SVG is not well-formed, or does anything: links, handlers, elements that graphviz does not draw. */
export function assertInertSvg(text: string): void {
  const { elements, attributes } = xmlParts(text);
  const drawn = ['svg', 'g', 'title', 'a', 'text', 'polygon', 'polyline', 'path', 'ellipse'];
  assert.deepEqual(
    [...new Set(elements)].filter((name) => !drawn.includes(name)),
    [],
  );
  const active = attributes.filter(({ name }) => /^on|href$|^src$|^style$/i.test(name));
  assert.deepEqual(active, []);
}
