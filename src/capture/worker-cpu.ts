import { type InspectorProfile, sitesOf } from './cpu-inspector.js';
import type { CpuRecord } from './cpu-record.js';
import type { ThreadRecord } from './program-profile.js';
import { WorkerSessions } from './worker-sessions.js';

/** CPU profiles of all workers of the process, taken from the main thread; those that start meanwhile are in it as well. */
export class WorkerCpuProfilers {
  readonly #sessions: WorkerSessions;
  readonly #intervalMicros: number;

  /**
   * @param intervalMicros - time between ticks
   * @param isMeant - whether a worker's script, by its URL, is to be profiled
   */
  constructor(intervalMicros: number, isMeant: (url: string) => boolean) {
    this.#intervalMicros = intervalMicros;
    this.#sessions = new WorkerSessions(isMeant);
  }

  start(): void {
    const params = { interval: this.#intervalMicros };
    this.#sessions.start(() => [
      { method: 'Profiler.enable' },
      { method: 'Profiler.setSamplingInterval', params },
      { method: 'Profiler.start' },
    ]);
  }

  /** The profiles; a worker that has ended meanwhile, or stays in native code, has none. */
  async stop(): Promise<ThreadRecord<CpuRecord & { readonly callLines: boolean }>[]> {
    const answers = await this.#sessions.ask({ method: 'Profiler.stop' });
    this.#sessions.close();
    return answers.flatMap(({ thread, result }) => {
      const { profile } = (result ?? {}) as { profile?: InspectorProfile }; // as the protocol has it
      return profile === undefined ? [] : [{ thread, record: this.#recordOf(profile) }];
    });
  }

  /** Stops without profiles. */
  cancel(): void {
    this.#sessions.close();
  }

  #recordOf(profile: InspectorProfile): CpuRecord & { readonly callLines: boolean } {
    return {
      sites: sitesOf(profile),
      periodNanos: this.#intervalMicros * 1000,
      durationNanos: (profile.endTime - profile.startTime) * 1000,
      callLines: false,
    };
  }
}
