/** The power that moves colours away from grey, so that small shares show. */
const shift = 0.3;

/** Saturation and value of a picture's colours. */
const shades = {
  foreground: { saturation: 1, value: 0.7 },
  background: { saturation: 0.1, value: 0.93 },
} as const;

/**
 * The colour of a share of the total: green for -1, grey for 0, red for 1.
 *
 * @param share - values beyond ±1 count as ±1
 */
export function dotColor(share: number, shade: keyof typeof shades): string {
  const { value } = shades[shade];
  const score = Math.max(-1, Math.min(1, share));
  const faded = Math.abs(score) < 0.2 ? Math.abs(score) / 0.2 : 1;
  const saturation = shades[shade].saturation * faded;
  const strength = Math.sign(score) * Math.abs(score) ** shift;
  const red = strength < 0 ? value * (1 + saturation * strength) : value;
  const green = strength < 0 ? value : value * (1 - saturation * strength);
  return `#${[red, green, value * (1 - saturation)].map(hex).join('')}`;
}

function hex(part: number): string {
  // NaN, the share of a total of 0, is 0 in Go's conversion.
  return (Math.trunc(part * 255) & 0xff).toString(16).padStart(2, '0');
}
