import { describeNoRun } from '../benchfmt/bench-text.js';
import type { BenchFile } from '../benchfmt/reader.js';
import type { Collector } from '../compare/collect.js';
import { ProfError } from '../error.js';
import type { Io } from './io.js';
import { readPieces } from './read-input.js';
import { noResults, runKind } from './run-kind.js';

/** As much of a file's beginning as tells what it is. */
const headSize = 4096;

/**
 * Reads all files. One without results is a remark, as an empty column is; one that is no run at all is an error.
 *
 * @throws ProfError `not-found`, `unreadable`, `bad-bench`
 */
export async function readRuns(words: readonly string[], collector: Collector, io: Io): Promise<void> {
  const empty: ProfError[] = [];
  const files = labelled(words);
  for (const file of files) {
    const error = await readRun(file, collector, io);
    if (error !== undefined) empty.push(error);
  }
  const [first] = empty;
  if (first !== undefined && empty.length === files.length) throw first;
  for (const { message } of empty) io.stderr.write(`prof: ${message}\n`);
}

async function readRun(file: BenchFile, { reader }: Collector, io: Io): Promise<ProfError | undefined> {
  const before = reader.resultCount;
  let head = new Uint8Array();
  reader.open(file);
  await readPieces(file.file, io, runKind, (piece) => {
    if (head.length < headSize) head = Uint8Array.from(Buffer.concat([head, piece.subarray(0, headSize)]));
    reader.push(piece);
  });
  reader.end();
  if (reader.resultCount > before) return undefined;
  const error = noResults(file.file, head);
  if (head.length > 0 && describeNoRun(head) !== undefined) throw error;
  return error;
}

/**
 * The files, and the names of their columns: `label=path`, or the path, with a number where it stands there more than
 * once.
 */
function labelled(words: readonly string[]): BenchFile[] {
  if (words.filter((word) => pathOf(word) === '-').length > 1) {
    throw new ProfError('usage', 'stat: "-" stands for more than one run', {
      hint: 'Give all but one of them as files.',
    });
  }
  const seen = new Map<string, number>();
  return words.map((word) => {
    const file = pathOf(word);
    if (word.includes('=')) return { file, label: word.slice(0, word.indexOf('=')) };
    if (words.filter((other) => other === word).length === 1) return { file, label: word };
    const count = seen.get(word) ?? 0;
    seen.set(word, count + 1);
    return { file, label: `${word}#${count}` };
  });
}

function pathOf(word: string): string {
  return word.slice(word.indexOf('=') + 1);
}
