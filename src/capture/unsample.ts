/** V8 puts objects at multiples of this many bytes. */
const alignment = 8;
/** Smaller ones there are not. */
const smallest = 16;

/**
 * The size of the objects that V8 means by a number of bytes.
 *
 * V8's protocol tells of sampled objects only their bytes, scaled up: size times number, the number
 * rounded. Several sizes may fit, the more so the fewer samples there are; then it is the one that is
 * nearest to what such bytes mean on average. With an interval of 1 byte it is exact.
 *
 * @param bytes - scaled bytes of all samples, which are of one size
 * @param samples - how many there are, at least 1
 * @param rate - mean bytes between two samples
 * @returns bytes of each object; `bytes` itself where no size fits
 * @see ScaleSample in V8's sampling-heap-profiler.cc
 */
export function sampledSize(bytes: number, samples: number, rate: number): number {
  const mean = bytes / samples;
  // A small object stands for `rate` bytes and half of its own.
  const likely = Math.max(smallest, 2 * (mean - rate));
  let found: number | undefined;
  for (let size = smallest; size <= bytes; size += alignment) {
    const scale = 1 / (1 - Math.exp(-size / rate));
    // Rounding adds or takes away half an object of all samples.
    if (size * (scale - 0.5 / samples) > mean) break;
    if (size * Math.floor(samples * scale + 0.5) !== bytes) continue;
    if (found === undefined || distance(size, likely) < distance(found, likely)) found = size;
  }
  return found ?? bytes;
}

function distance(a: number, b: number): number {
  return Math.abs(Math.log(a / b));
}
