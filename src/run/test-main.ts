// The program that runs one test file: loads it, and tells the parent when that fails or the process
// ends too early.
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { raceCount } from '../race/found.js';
import { failureText } from './failure-text.js';
import { eventDescriptor, formatTestEvent, type TestEvent } from './test-event.js';
import { watchRaces } from './test-races.js';

const tell = (event: TestEvent): void => void writeSync(eventDescriptor, formatTestEvent(event));

const [node = '', , file = ''] = process.argv;
process.argv.splice(0, 3, node, file); // as if the file had been started
if (raceCount() !== undefined) await watchRaces(tell);
let idle = false;
process.on('beforeExit', () => {
  idle = true;
});
process.on('exit', () => {
  if (!idle) tell({ kind: 'quit' });
});
try {
  await import(pathToFileURL(file).href);
} catch (error) {
  writeSync(
    eventDescriptor,
    formatTestEvent({ kind: 'load-error', text: failureText(error, process.cwd()) }),
  );
  process.exitCode = 1;
  // Only Node itself can say where the wrong syntax is, on standard error.
  if (error instanceof SyntaxError) throw error;
}
