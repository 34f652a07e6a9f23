import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const idle = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread; orders nothing. */
export const sleep = (millis) => void Atomics.wait(idle, 0, 0, millis);

/** Lets the thread's events go on meanwhile; orders nothing. */
export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

export const int32 = (length) => new Int32Array(new SharedArrayBuffer(4 * length));

/**
 * Runs a program of several threads: a worker for each role with a one-letter name, called with what `init` gives and
 * its port. `main`, where there is one, starts them itself.
 */
export async function run(url, roles) {
  if (!isMainThread) return roles[workerData.role](workerData.data, parentPort);
  const data = roles.init?.();
  const start = (role) => new Worker(new URL(url), { workerData: { role, data } });
  if (roles.main !== undefined) return roles.main(data, start);
  const ended = (worker) =>
    new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
  await Promise.all(Object.keys(roles).filter((role) => role.length === 1).map((role) => ended(start(role))));
  roles.done?.(data);
}

/** When a worker has ended. */
export const exited = (worker) => new Promise((resolve) => worker.once('exit', resolve));
