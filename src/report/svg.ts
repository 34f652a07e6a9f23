/**
 * A graph as graphviz drew it, made to be looked at in a browser: as large as the window, whatever its size, moved by
 * dragging and zoomed by the wheel. It is one file and needs no network.
 */
export function viewableSvg(drawn: string): string {
  const start = drawn.indexOf('<svg');
  const sized = drawn
    .slice(Math.max(0, start))
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg width="100%" height="100%"');
  const end = sized.lastIndexOf('</svg>');
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${sized.slice(0, end)}${script}${sized.slice(end)}`;
}

/**
 * Makes texts fit that the browser's font made wider than graphviz had thought, then changes the part of the picture
 * that is shown; `0` shows all of it again.
 */
const script = `<script><![CDATA[
const svg = document.documentElement;
const all = svg.getAttribute('viewBox').split(' ').map(Number);
let [x, y, w, h] = all;
const show = () => svg.setAttribute('viewBox', [x, y, w, h].join(' '));
const scale = () => Math.max(w / svg.clientWidth, h / svg.clientHeight);
const place = (event) => {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [point.x, point.y];
};
for (const node of svg.querySelectorAll('.node')) {
  const texts = [...node.querySelectorAll('text')];
  const room = (node.querySelector('polygon')?.getBBox().width ?? Infinity) - 6;
  const fit = Math.min(1, room / Math.max(...texts.map((text) => text.getBBox().width)));
  for (const text of texts) text.setAttribute('font-size', text.getAttribute('font-size') * fit);
}
svg.addEventListener('wheel', (event) => {
  event.preventDefault();
  const by = Math.exp(event.deltaY / 500), [px, py] = place(event);
  [x, y, w, h] = [px - (px - x) * by, py - (py - y) * by, w * by, h * by];
  show();
}, { passive: false });
svg.addEventListener('mousemove', (event) => {
  if (event.buttons !== 1) return;
  [x, y] = [x - event.movementX * scale(), y - event.movementY * scale()];
  show();
});
svg.addEventListener('keydown', (event) => { if (event.key === '0') { [x, y, w, h] = all; show(); } });
]]></script>
`;
