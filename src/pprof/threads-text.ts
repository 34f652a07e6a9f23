import { Session } from 'node:inspector';
import { isMainThread, threadId } from 'node:worker_threads';

interface AttachedToWorker {
  readonly params: { readonly workerInfo: { readonly title: string; readonly url: string } };
}

/** The threads of the process, a line each; from a worker only itself. */
export function threadsText(): string {
  if (!isMainThread) return `worker ${threadId}\n`;
  const lines = [`main ${process.argv[1] ?? ''}`.trimEnd()];
  const session = new Session();
  session.connect();
  session.on('NodeWorker.attachedToWorker', ({ params: { workerInfo } }: AttachedToWorker) => {
    lines.push(`${workerInfo.title.replace(/^\[(.*?)\]/, '$1')} ${workerInfo.url}`.trimEnd());
  });
  // Those that run are told of before this returns.
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  session.disconnect();
  return `${lines.join('\n')}\n`;
}
