import type { FlameAnswer } from '../answers.js';
import {
  cssColor,
  differenceColor,
  type Hsl,
  packageColor,
  pixelColor,
  type Theme,
} from '../flame-colors.js';
import { h } from './dom.js';
import { columnsOf, type Drawing, type PictureRow } from './flame-canvas.js';

/** Packages that a legend names; there can be hundreds. */
const maxEntries = 14;

/** Colours and what they mean. */
export function legendEntries({ packages, isDiff }: FlameAnswer, theme: Theme): HTMLElement[] {
  const swatch = (color: Hsl, text: string): HTMLElement => {
    const box = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    box.style.backgroundColor = cssColor(color);
    return h('li', {}, box, text);
  };
  if (isDiff) {
    return [
      swatch(differenceColor(1, 2, theme), 'more than before'),
      swatch(differenceColor(2, 1, theme), 'less'),
      swatch(differenceColor(1, 1, theme), 'the same'),
    ];
  }
  const entries = packages.slice(0, maxEntries).map((one) => swatch(packageColor(one, theme), one.name));
  const left = packages.length - entries.length;
  return left === 0 ? entries : [...entries, h('li', { class: 'soft' }, `and ${left} more`)];
}

/** What boxes are coloured by besides packages and differences. */
export interface BoxLook {
  readonly theme: Theme;
  /** What is searched for; all else is pale. Undefined for nothing. */
  readonly search: ((text: string) => boolean) | undefined;
}

/** The colours of boxes: by package, or by what has changed. */
export function boxColors(answer: FlameAnswer, { theme, search }: BoxLook): Drawing['colors'] {
  const plain = answer.packages.map((one) => pixelColor(packageColor(one, theme)));
  const root = pixelColor({ hue: 220, saturation: 5, lightness: theme === 'light' ? 88 : 22 });
  const found = pixelColor({ hue: 300, saturation: 70, lightness: theme === 'light' ? 76 : 34 });
  const isMeant = answer.frames.map(({ name, file }) => search?.(name) === true || search?.(file) === true);
  const colors = (side: PictureRow['side']): Uint32Array => {
    const columns = columnsOf(answer, side);
    return Uint32Array.from(columns.frame, (frame, box) => {
      const before = columns.before[box] ?? 0;
      const own = answer.isDiff
        ? pixelColor(differenceColor(before, (columns.cum[box] ?? 0) + before, theme))
        : (plain[answer.frames[frame]?.package ?? -1] ?? root);
      if (search === undefined) return own;
      return isMeant[frame] ? found : pale(own, theme);
    });
  };
  const callers = answer.callers === null ? new Uint32Array() : colors('callers');
  return { callees: colors('callees'), callers };
}

/** What is behind the boxes, as a pixel, and what names are written in. */
export function pictureInk(theme: Theme): Pick<Drawing, 'background' | 'ink'> {
  return theme === 'light'
    ? { background: pixelColor({ hue: 0, saturation: 0, lightness: 100 }), ink: '#16181d' }
    : { background: pixelColor({ hue: 220, saturation: 8, lightness: 10 }), ink: '#f0f2f6' };
}

/** A colour most of the way to the background. */
function pale(color: number, theme: Theme): number {
  const target = theme === 'light' ? 255 : 26;
  const channel = (shift: number): number => (((color >>> shift) & 0xff) * 2 + target * 3) / 5;
  return ((255 << 24) | (channel(16) << 16) | (channel(8) << 8) | channel(0)) >>> 0;
}
