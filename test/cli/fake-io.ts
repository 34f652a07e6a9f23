import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Io, TextSink } from '../../src/cli/io.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** What a terminal of a test is like. */
export interface FakeTerminal {
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly columns?: number;
}

/** An `Io` in the project's folder that keeps what is written; `text()` gives it back. */
export function fakeIo({ isTerminal, color, columns = 80 }: FakeTerminal): Io & {
  readonly text: () => { readonly stdout: string; readonly stderr: string };
} {
  const written = { stdout: '', stderr: '' };
  const sink = (stream: 'stdout' | 'stderr'): TextSink => ({
    write: (text) => {
      written[stream] += typeof text === 'string' ? text : Buffer.from(text).toString();
    },
    isTerminal,
    columns,
    color,
  });
  return {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    readStdin: async () => new Uint8Array(),
    stdinPieces: async function* () {},
    cwd: root,
    env: {},
    text: () => ({ ...written }),
  };
}
