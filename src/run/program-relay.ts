// A thread of a program under `prof run`. It hears of the signals that the process which has started the
// program gets, and brings them to the main thread even when that never comes back to its event loop.
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { isFatalSignal } from '../threads/fatal-signals.js';
import { askMainThread } from '../threads/thread-agent.js';
import { channelDescriptor } from './program-setup.js';
import { SignalBoard } from './signal-board.js';

/** How long the main thread may stay in native code, such as `execSync`, at a signal that ends the program. */
const nativeMillis = 3000;

/** How long it may take to leave its report; then it hangs, as a program may that waits for a thread. */
const endMillis = 6000;

const board = new SignalBoard(workerData as SharedArrayBuffer); // given by `startRelay`
const channel = new Socket({ fd: channelDescriptor });
const end = (): void => void process.kill(process.pid, 'SIGKILL');

board.killWanted().then((signal) => process.kill(process.pid, signal));

let pending = '';
channel.setEncoding('utf8').on('data', (text: string) => {
  const words = `${pending}${text}`.split('\n');
  pending = words.pop() ?? '';
  for (const word of words) if (isFatalSignal(word)) pass(word);
});
// Whoever was to take the reports is gone, killed: so is the program that it stood for.
channel.on('close', end).on('error', end);

function pass(signal: NodeJS.Signals): void {
  channel.write(`got ${signal}\n`);
  askMainThread(`signal?.('${signal}')`);
  setTimeout(() => giveUp(signal), nativeMillis);
}

/** Whether to listen to a signal is the program's affair; one that does not must end by it. */
function giveUp(signal: NodeJS.Signals): void {
  const kill = (): unknown => channel.write(`gave up ${signal}\n`, end);
  if (board.isEnding) setTimeout(kill, endMillis);
  else if (!board.isListening(signal)) kill();
}
