import type { FramePackage } from '../report/frame-package.js';

/** The two looks of a page. */
export type Theme = 'light' | 'dark';

/** A colour: hue in degrees, saturation and lightness in percent. */
export interface Hsl {
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
}

/**
 * The colour of a package's boxes: warm for the program's own code, green for Node, grey for native code, pink for the
 * garbage collector, and for each other package one of blue to violet, by its name. Text on it is readable in its theme.
 */
export function packageColor({ kind, name }: FramePackage, theme: Theme): Hsl {
  const lightness = theme === 'light' ? 78 : 27;
  switch (kind) {
    case 'own':
      return { hue: 32, saturation: theme === 'light' ? 88 : 62, lightness };
    case 'node':
      return { hue: 140, saturation: theme === 'light' ? 42 : 34, lightness };
    case 'native':
      return { hue: 220, saturation: 6, lightness };
    case 'gc':
      return { hue: 345, saturation: theme === 'light' ? 80 : 50, lightness };
    default:
      return { hue: 180 + (hash(name) % 130), saturation: theme === 'light' ? 62 : 42, lightness };
  }
}

/**
 * The colour of a box in a difference: red where there is more, blue where there is less, the stronger the larger the
 * share of it that has changed; grey where nothing has.
 */
export function differenceColor(before: number, after: number, theme: Theme): Hsl {
  const most = Math.max(before, after);
  const share = most === 0 ? 0 : (after - before) / most;
  const strength = Math.min(1, Math.abs(share));
  const plain = theme === 'light' ? 88 : 22;
  const lightness = theme === 'light' ? plain - 22 * strength : plain + 10 * strength;
  return { hue: share > 0 ? 4 : 215, saturation: strength < 0.005 ? 4 : 30 + 50 * strength, lightness };
}

/** A colour as styles write it. */
export function cssColor({ hue, saturation, lightness }: Hsl): string {
  return `hsl(${Math.round(hue)} ${Math.round(saturation)}% ${Math.round(lightness)}%)`;
}

/** A colour as the pixels of an image have it on a little-endian machine, as all that run browsers are. */
export function pixelColor({ hue, saturation, lightness }: Hsl): number {
  const [s, l] = [saturation / 100, lightness / 100];
  const amplitude = s * Math.min(l, 1 - l);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (l - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return ((255 << 24) | (channel(4) << 16) | (channel(8) << 8) | channel(0)) >>> 0;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return sum;
}
