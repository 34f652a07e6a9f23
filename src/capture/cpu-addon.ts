import type { CpuFrame, CpuProfiler, CpuRecord, CpuSite } from './cpu-record.js';

/** The part of `pprof.time` that we use. */
export interface PprofTime {
  start(
    intervalMicros: number,
    name?: string,
    sourceMapper?: undefined,
    lineNumbers?: boolean,
  ): () => PprofProfile;
}

/** What it gives: profile.proto as objects, one line a location. */
export interface PprofProfile {
  readonly stringTable: readonly string[];
  readonly function: readonly { readonly name: number; readonly filename: number }[];
  readonly location: readonly {
    readonly line: readonly { readonly functionId: number; readonly line: number }[];
  }[];
  readonly sample: readonly { readonly locationId: readonly number[]; readonly value: readonly number[] }[];
  readonly durationNanos: number;
}

/**
 * The addon's profiler in V8's caller-line mode: each frame has the line that was being executed,
 * for callers the line of the call. It does not say where functions start.
 */
export class AddonCpuProfiler implements CpuProfiler {
  readonly callLines = true;
  readonly #time: PprofTime;
  readonly #intervalMicros: number;
  #stop: (() => PprofProfile) | undefined;

  constructor(time: PprofTime, intervalMicros: number) {
    this.#time = time;
    this.#intervalMicros = intervalMicros;
  }

  start(): void {
    this.#stop = this.#time.start(this.#intervalMicros, undefined, undefined, true);
  }

  stop(): CpuRecord {
    if (this.#stop === undefined) throw new TypeError('the profiler was not started');
    const profile = this.#stop();
    const frames = profile.location.map((location) => toFrame(profile, location.line[0]));
    return {
      sites: profile.sample.map(({ locationId, value }) => toSite(frames, locationId, value[0] ?? 0)),
      periodNanos: this.#intervalMicros * 1000,
      durationNanos: Number(profile.durationNanos),
    };
  }
}

function toFrame(profile: PprofProfile, line: { functionId: number; line: number } | undefined): CpuFrame {
  const fn = profile.function[Number(line?.functionId ?? 0) - 1];
  const name = profile.stringTable[fn?.name ?? 0] ?? '';
  return {
    name: name === '(anonymous)' ? '' : name,
    url: profile.stringTable[fn?.filename ?? 0] ?? '',
    line: Number(line?.line ?? 0),
    start: undefined,
  };
}

function toSite(frames: readonly CpuFrame[], locationIds: readonly number[], ticks: number): CpuSite {
  const stack: CpuFrame[] = [];
  for (const id of locationIds) {
    const frame = frames[Number(id) - 1];
    if (frame !== undefined) stack.push(frame);
  }
  return { stack: stack.reverse(), ticks };
}
