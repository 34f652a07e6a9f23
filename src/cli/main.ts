import { run } from './run.js';

/** Runs the command line of this process and sets its exit status; the launcher calls it. */
export async function main(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`prof top … | head`) is no failure.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`prof: standard output cannot be written: ${error.code ?? error.message}\n`);
    process.exitCode = 1;
  });
  const status = await run(process.argv.slice(2));
  process.exitCode ??= status;
}
