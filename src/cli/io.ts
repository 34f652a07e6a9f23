/** A place that takes text and may be a terminal. */
export interface TextSink {
  /** Writes a text, or bytes, as they are. */
  write(text: string | Uint8Array): void;
  /** Waits, where what was written is piling up, until it was taken. */
  drained?(): Promise<void>;
  /** Whether a person watches it. */
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 where it is none. */
  readonly columns: number;
  /** Whether colour is wanted there. */
  readonly color: boolean;
}

/** The outside world of a command; the edge that tests replace. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Standard input to its end; `checkSize` is told the bytes so far, and throws where they are too many. */
  readStdin(checkSize?: (bytes: number) => void): Promise<Uint8Array>;
  /** Standard input piece by piece. */
  stdinPieces(): AsyncIterable<Uint8Array>;
  /** Absolute path of the folder that relative names are looked up in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How colour was asked for on the command line: `auto` leaves it to the terminal and NO_COLOR. */
export type ColorChoice = 'auto' | 'always' | 'never';

/** The process's own streams. */
export function processIo(color: ColorChoice): Io {
  return {
    stdout: new ProcessSink('stdout', color),
    stderr: new ProcessSink('stderr', color),
    readStdin,
    stdinPieces: () => process.stdin,
    cwd: process.cwd(),
    env: process.env,
  };
}

/** A stream of the process, which Node makes when it is first asked for: most calls never use standard error. */
class ProcessSink implements TextSink {
  readonly #name: 'stdout' | 'stderr';
  readonly #color: ColorChoice;

  constructor(name: 'stdout' | 'stderr', color: ColorChoice) {
    this.#name = name;
    this.#color = color;
  }

  write(text: string | Uint8Array): void {
    process[this.#name].write(text);
  }

  async drained(): Promise<void> {
    const stream = process[this.#name];
    if (!stream.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stream.off('drain', done).off('close', done);
        resolve();
      };
      stream.on('drain', done).on('close', done); // a reader that goes away ends the wait as well
    });
  }

  get isTerminal(): boolean {
    return process[this.#name].isTTY === true;
  }

  get columns(): number {
    return process[this.#name].columns || 80; // some terminals say 0
  }

  get color(): boolean {
    if (this.#color !== 'auto') return this.#color === 'always';
    return this.isTerminal && !process.env['NO_COLOR'];
  }
}

async function readStdin(checkSize?: (bytes: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    checkSize?.(size);
  }
  return Buffer.concat(chunks);
}
