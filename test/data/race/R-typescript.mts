import { isMainThread, Worker, workerData } from 'node:worker_threads';
// TypeScript: types are left out, hooks are put in.
interface Shared { readonly counts: Int32Array }
function add<T extends Shared>({ counts }: T, by: number): void { counts[0]! += by; }
if (!isMainThread) add(workerData as Shared, 1);
else {
  const counts: Int32Array = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 2; i++) new Worker(new URL(import.meta.url), { workerData: { counts } satisfies Shared });
}
