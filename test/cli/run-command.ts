import { getCommand } from '../../src/cli/commands.js';
import type { Io } from '../../src/cli/io.js';
import { parseCall } from '../../src/cli/parse.js';

/** What a command did. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process. Errors are thrown as they come. */
export async function runCommand(
  [name = '', ...words]: readonly string[],
  {
    cwd = process.cwd(),
    stdin = new Uint8Array(),
    env = {},
  }: { cwd?: string; stdin?: Uint8Array; env?: Io['env'] } = {},
): Promise<CommandResult> {
  const written = { stdout: '', stderr: '' };
  const sink = (stream: 'stdout' | 'stderr'): Io['stdout'] => ({
    write: (text) => {
      written[stream] += text;
    },
    isTerminal: false,
    columns: 80,
    color: false,
  });
  const io: Io = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    readStdin: async () => stdin,
    stdinPieces: async function* () {
      yield stdin;
    },
    cwd,
    env,
  };
  const command = await getCommand(name)?.load();
  if (command === undefined) throw new Error(`no command ${name}`);
  const parsed = parseCall(command, words);
  if (parsed.kind === 'help') throw new Error('help was asked for');
  const status = await command.run(parsed.call, io);
  return { status, ...written };
}
