import { type HeapSite, samplingParams } from './heap.js';
import { type HeapSamplerOptions, type SampledHeapProfile, sitesOfSamples } from './heap-sampler.js';
import type { ThreadRecord } from './program-profile.js';
import { WorkerSessions } from './worker-sessions.js';

/** Samples what all workers of the process allocate, from the main thread; those that start later from their start on. */
export class WorkerHeaps {
  readonly #sessions: WorkerSessions;
  #options: HeapSamplerOptions;

  /** @param isMeant - whether a worker's script, by its URL, is to be sampled */
  constructor(options: HeapSamplerOptions, isMeant: (url: string) => boolean) {
    this.#options = options;
    this.#sessions = new WorkerSessions(isMeant);
  }

  start(): void {
    this.#sessions.start(() => [{ method: 'HeapProfiler.enable' }, this.#startSampling()]);
  }

  /** Starts anew in each. */
  restart(options: HeapSamplerOptions): void {
    this.#options = options;
    this.#sessions.tell({ method: 'HeapProfiler.stopSampling' });
    this.#sessions.tell(this.#startSampling());
  }

  /** What was sampled so far, scaled up to all objects; a worker that stays in native code tells nothing. Goes on. */
  async read(): Promise<ThreadRecord<readonly HeapSite[]>[]> {
    const answers = await this.#sessions.ask({ method: 'HeapProfiler.getSamplingProfile' });
    return answers.flatMap(({ thread, result }) => {
      const { profile } = (result ?? {}) as { profile?: SampledHeapProfile }; // as the protocol has it
      return profile === undefined ? [] : [{ thread, record: sitesOfSamples(profile, this.#options.rate) }];
    });
  }

  #startSampling(): { method: string; params: object } {
    return { method: 'HeapProfiler.startSampling', params: samplingParams(this.#options) };
  }
}
