import { Worker } from 'node:worker_threads';
import { ProfError } from '../error.js';

const workerUrl = new URL('./lay-out-worker.js', import.meta.url);

/** Graphviz calls itself for each rank of a graph: more than a thread has stack for, as a rule. */
const resourceLimits = { stackSizeMb: 64 };

const defaultTimeoutMillis = 120_000;

/**
 * Lays a graph out, by graphviz as WebAssembly in a thread of its own.
 *
 * @param dot - the graph in graphviz's language
 * @returns an SVG file
 * @throws ProfError `failed` where graphviz fails, or is not done after two minutes
 */
export async function layOut(dot: string, timeoutMillis: number = defaultTimeoutMillis): Promise<string> {
  const worker = new Worker(workerUrl, {
    ...{ workerData: dot, resourceLimits, execArgv: [], env: {}, name: 'graphviz' },
    // What graphviz says besides is of no use to the reader of a profile.
    ...{ stdout: true, stderr: true },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      timer = setTimeout(() => reject(tooLarge(`not done after ${timeoutMillis / 1000}s`)), timeoutMillis);
      worker.once('message', resolve);
      worker.once('error', (error) => reject(tooLarge(reasonOf(error))));
      worker.once('exit', () => reject(tooLarge('its thread ended')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function tooLarge(reason: string): ProfError {
  return new ProfError('failed', `the graph cannot be laid out: ${reason}`, {
    hint: 'Show less of it: --node-count=80, --focus=REGEXP, or a larger --node-fraction.',
  });
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] || 'graphviz failed';
}
