/** The global by which marked code says on which line it is; see `lineInsertions`. */
export const linesName = '__profLines';

const functionPrefix = 'profLine_';

/** What a mark leaves behind: `off`: nothing; `dropped`: an object that dies at once; `kept`: one that lives. */
export type MarkMode = 'off' | 'dropped' | 'kept';

type Mark = (value?: unknown) => unknown;

let mode: MarkMode = 'dropped';
let last: object | undefined;
let count = 0;

/**
 * Allocates what is found among the samples of a heap profiler. Never seen in a profile itself: its caller's
 * name says that it is a mark, and of which line.
 */
function leave(): void {
  count++;
  if (mode === 'dropped') last = {};
  else if (mode === 'kept') last = { last };
}

/** Marks of the lines that have been asked for; the call of a mark gives back its argument. */
const marks: Mark[] = [];
const chunkLines = 256;

/** Lets marked code run in this thread. */
export function installLineMarks(): void {
  // Marks are made when they are first called for; each has a text of its own, by which V8 tells functions apart.
  Object.setPrototypeOf(marks, new Proxy({}, { get: (_, line) => markOf(Number(String(line))) }));
  Object.defineProperty(globalThis, linesName, { value: marks });
}

function markOf(line: number): Mark | undefined {
  const first = line - (line % chunkLines);
  const lines = Array.from({ length: chunkLines }, (_, i) => first + i);
  // In parentheses V8 compiles them at once, not among the allocations of the first caller.
  const texts = lines.map((each) => `(function ${functionPrefix}${each}(value){leave();return value})`);
  const made: Mark[] = new Function('leave', `return [${texts.join()}]`)(leave);
  made.forEach((mark, i) => {
    marks[first + i] = mark;
  });
  return marks[line];
}

/** The line that a function of this name marks; undefined for all others. */
export function lineOfMark(functionName: string): number | undefined {
  return functionName.startsWith(functionPrefix)
    ? Number(functionName.slice(functionPrefix.length))
    : undefined;
}

/** What marks leave behind from now on; what was kept before is let go. */
export function setMarkMode(wanted: MarkMode): void {
  mode = wanted;
  last = undefined;
}

/** How many marks there have been in this thread. */
export function marksSoFar(): number {
  return count;
}
