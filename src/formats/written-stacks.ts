import type { Frame } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';

/**
 * The stacks of a profile as formats without addresses write them: root first, inlined functions as
 * frames of their own, and an address where no function is known.
 */
export class WrittenStacks {
  readonly #profile: Profile;
  /** Frames of each location that was asked for, innermost last. */
  readonly #frames: (readonly Frame[] | undefined)[];

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#frames = new Array(profile.locations.count);
  }

  /** The frames of sample i, root first. */
  of(i: number): Frame[] {
    const { start, stack } = this.#profile.samples;
    const [from = 0, to = 0] = [start[i], start[i + 1]];
    const frames: Frame[] = [];
    for (let at = to - 1; at >= from; at--) frames.push(...this.#framesOf(stack[at] ?? 0));
    return frames;
  }

  #framesOf(location: number): readonly Frame[] {
    return (this.#frames[location] ??= framesOf(this.#profile, location));
  }
}

function framesOf({ locations, funcs, mappings, strings }: Profile, location: number): Frame[] {
  const frames: Frame[] = [];
  const [from = 0, to = 0] = [locations.lineStart[location], locations.lineStart[location + 1]];
  for (let line = to - 1; line >= from; line--) {
    const func = locations.lineFunc[line] ?? 0;
    frames.push({
      name: strings.get(funcs.name[func] ?? 0) || '(anonymous)',
      file: strings.get(funcs.file[func] ?? 0),
      startLine: Math.max(0, funcs.startLine[func] ?? 0),
      line: Math.max(0, locations.lineNumber[line] ?? 0),
    });
  }
  if (frames.length > 0) return frames;
  const binary = mappings[locations.mapping[location] ?? -1]?.file.replace(/^.*\//, '') ?? '';
  const address = `0x${(locations.address[location] ?? 0n).toString(16)}`;
  return [{ name: binary === '' ? address : `${address} (${binary})`, file: '', startLine: 0, line: 0 }];
}
