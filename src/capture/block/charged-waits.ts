import type { CpuFrame } from '../cpu-record.js';
import type { FrameNamer } from '../frames.js';
import type { BlockSite } from './block-recorder.js';
import { leafWaits } from './leaf-waits.js';
import { withLoopLines } from './loop-lines.js';

/** The waits of a thread as a profile has them: each where it was, and once. */
export function chargedWaits(sites: readonly BlockSite[], namer: FrameNamer): readonly BlockSite[] {
  return leafWaits(withLoopLines(sites), (frame: CpuFrame) => {
    const { name, file, line } = namer.cpuFrame(frame);
    return `${line} ${name} ${file}`;
  });
}
