import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BlockSite } from '../capture/block/block-recorder.js';
import type { CpuRecord } from '../capture/cpu-record.js';
import type { HeapSite, HeapWindowKind } from '../capture/heap.js';
import {
  type ProgramFacts,
  programCpuProfile,
  programHeapProfile,
  programWaitProfile,
  type ThreadRecord,
} from '../capture/program-profile.js';
import type { Profile } from '../profile/profile.js';

/** What a profile is to be made of. */
export type EncodeJob =
  | {
      readonly kind: 'cpu';
      readonly facts: ProgramFacts;
      readonly threads: readonly ThreadRecord<CpuRecord & { readonly callLines: boolean }>[];
    }
  | {
      readonly kind: 'heap';
      readonly facts: ProgramFacts & { readonly kind: HeapWindowKind; readonly rate: number };
      readonly threads: readonly ThreadRecord<readonly HeapSite[]>[];
    }
  | {
      readonly kind: 'waits';
      readonly facts: ProgramFacts & { readonly rate: number };
      readonly threads: readonly ThreadRecord<readonly BlockSite[]>[];
    };

/** The profile of a job. */
export function profileOfJob(job: EncodeJob): Profile {
  switch (job.kind) {
    case 'cpu':
      return programCpuProfile(job.threads, job.facts);
    case 'heap':
      return programHeapProfile(job.threads, job.facts);
    case 'waits':
      return programWaitProfile(job.threads, job.facts);
  }
}

const workerUrl = new URL('./encode-worker.js', import.meta.url);

/** The gzipped profile.proto of a job, made in a thread of its own. */
export async function encode(job: EncodeJob): Promise<Uint8Array> {
  const worker = new Worker(workerUrl, { workerData: job, execArgv: [], env: {}, name: 'pprof' });
  const [bytes] = (await once(worker, 'message')) as [Uint8Array]; // an error rejects
  return bytes;
}
