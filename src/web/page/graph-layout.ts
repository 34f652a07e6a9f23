import { drawableDot } from '../../report/escape-dot.js';
import type { Backend } from './backend.js';

/** Layouts that take longer are given up. */
const timeoutMillis = 20_000;

/**
 * The picture of a graph as SVG. Graphviz runs in a worker of its own, which ends with it: a layout that hangs or runs
 * out of memory does not touch the page.
 */
export function layOut(dot: string, backend: Backend): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = backend.graphvizWorker();
    const done = (act: () => void): void => {
      clearTimeout(timer);
      worker.terminate();
      act();
    };
    const timer = setTimeout(
      () => done(() => reject(new Error('the graph is too large to be laid out: show fewer nodes'))),
      timeoutMillis,
    );
    worker.addEventListener('message', ({ data }: MessageEvent<{ svg?: string; problem?: string }>) => {
      const { svg, problem } = data;
      if (svg === undefined) done(() => reject(new Error(`the graph cannot be laid out: ${problem}`)));
      else done(() => resolve(svg));
    });
    worker.addEventListener('error', ({ message }) =>
      done(() => reject(new Error(`the graph cannot be laid out: ${message}`))),
    );
    worker.postMessage(drawableDot(dot));
  });
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const elements = new Set([
  'svg',
  'g',
  'title',
  'text',
  'tspan',
  'polygon',
  'polyline',
  'path',
  'ellipse',
  'a',
]);
const attributes = new Set([
  ...[
    'id',
    'class',
    'viewBox',
    'transform',
    'points',
    'd',
    'x',
    'y',
    'cx',
    'cy',
    'rx',
    'ry',
    'fill',
    'stroke',
  ],
  ...['stroke-width', 'stroke-dasharray', 'text-anchor', 'font-family', 'font-size'],
]);

/** The elements of a picture that graphviz draws, made anew: what is not known to be harmless is not taken over. */
export function cleanSvg(text: string): SVGSVGElement | undefined {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const copy = copied(parsed);
  return copy instanceof SVGSVGElement ? copy : undefined;
}

function copied(from: Element): Element | undefined {
  if (!elements.has(from.localName)) return undefined;
  // Links have addresses; there are none here but those of tooltips.
  const to = document.createElementNS(svgNamespace, from.localName === 'a' ? 'g' : from.localName);
  for (const { localName, value } of from.attributes)
    if (attributes.has(localName)) to.setAttribute(localName, value);
  for (const child of from.childNodes) {
    const copy =
      child instanceof Element
        ? copied(child)
        : child.nodeType === Node.TEXT_NODE
          ? document.createTextNode(child.textContent ?? '')
          : undefined;
    if (copy !== undefined) to.append(copy);
  }
  return to;
}
