import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextSink } from '../../src/cli/io.js';
import { writePieces } from '../../src/cli/write-pieces.js';
import type { TextPiece } from '../../src/table/pieces.js';

test('writePieces: strings are put together, bytes are written behind them as they are', async () => {
  const check = async (pieces: readonly TextPiece[], want: readonly string[]): Promise<void> => {
    const got: string[] = [];
    const sink: TextSink = {
      write: (text) => void got.push(typeof text === 'string' ? text : `bytes of ${Buffer.from(text)}`),
      drained: async () => void got.push('drained'),
      ...{ isTerminal: false, columns: 80, color: false },
    };
    await writePieces(pieces, sink);
    assert.deepEqual(got, want);
  };
  const long = 'x'.repeat(70_000);
  await check([], []);
  await check(['a', '', 'b'], ['ab']);
  await check(['a', long, 'b'], [`a${long}`, 'drained', 'b']);
  await check(['a', 'b', Buffer.from('µ'), 'c'], ['ab', 'bytes of µ', 'drained', 'c']);
});
