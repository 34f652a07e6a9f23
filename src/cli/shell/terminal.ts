import { createInterface, type Interface } from 'node:readline/promises';
import { completeLine } from './complete.js';
import { History } from './history.js';
import { runLine, type Session } from './session.js';

const prompt = '(pprof) ';

/**
 * Reads commands from a terminal until the user leaves: `quit`, Ctrl-D, or Ctrl-C on an empty line;
 * on any other, Ctrl-C takes the line back. What was typed is kept for the next time.
 */
export async function runTerminal(session: Session): Promise<void> {
  const history = new History(session.io.env);
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    history: history.read(),
    historySize: 500,
    removeHistoryDuplicates: true,
    completer: (line: string) => completeLine(session.profile, line),
  });
  terminal.setPrompt(prompt);
  terminal.on('SIGINT', () => takeBack(terminal));
  terminal.prompt();
  let isLeft = false;
  for await (const line of terminal) {
    history.add(line);
    isLeft = !(await runLine(session, line));
    if (isLeft) break;
    terminal.prompt();
  }
  terminal.close();
  // The shell's own prompt is to stand on a line of its own.
  if (!isLeft) session.io.stdout.write('\n');
}

function takeBack(terminal: Interface): void {
  if (terminal.line === '') {
    terminal.close();
    return;
  }
  process.stdout.write('^C\n');
  terminal.write(null, { ctrl: true, name: 'e' }); // to the end
  terminal.write(null, { ctrl: true, name: 'u' }); // removes all before it
}

/** Reads commands from a text; the prompt is printed all the same, as pprof does. */
export async function runScript(session: Session, script: string): Promise<void> {
  const lines = script.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    session.io.stdout.write(prompt);
    if (!(await runLine(session, line))) return;
  }
  session.io.stdout.write(prompt);
}
