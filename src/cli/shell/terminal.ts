import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { writeWhole } from '../../file/write-whole.js';
import { completeLine } from './complete.js';
import { runLine, type Session } from './session.js';

const prompt = '(pprof) ';
const maxHistory = 500;

/** Reads commands from a terminal until the user leaves; what was typed is kept for the next time. */
export async function runTerminal(session: Session): Promise<void> {
  const file = historyFile(session.io.env);
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    history: readHistory(file),
    historySize: maxHistory,
    removeHistoryDuplicates: true,
    completer: (line: string) => completeLine(session.profile, line),
  });
  const typed: string[] = [];
  terminal.setPrompt(prompt);
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() !== '') typed.push(line);
    if (!(await runLine(session, line))) break;
    terminal.prompt();
  }
  terminal.close();
  writeHistory(file, typed);
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

function historyFile(env: Readonly<Record<string, string | undefined>>): string {
  return join(env['XDG_STATE_HOME'] || join(env['HOME'] || homedir(), '.local', 'state'), 'prof', 'history');
}

/** Latest first. */
function readHistory(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .reverse();
  } catch {
    return [];
  }
}

/** History is a convenience: where it cannot be kept, nothing is said. */
function writeHistory(file: string, typed: readonly string[]): void {
  if (typed.length === 0) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const all = [...readHistory(file).reverse(), ...typed].slice(-maxHistory);
    writeWhole(file, `${all.join('\n')}\n`, { mode: 0o600, hint: '' });
  } catch {
    // See above.
  }
}
