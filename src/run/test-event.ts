/** How a test ended. */
export type TestOutcome = 'pass' | 'fail' | 'skip';

/** What the child that runs a test file tells, in order; a line of JSON each. */
export type TestEvent =
  /** A test begins. `nesting` is 0 for a test of the file itself. */
  | { readonly kind: 'begin'; readonly nesting: number; readonly name: string }
  /** A test has ended; those inside it were told before. */
  | {
      readonly kind: 'end';
      readonly nesting: number;
      readonly name: string;
      readonly outcome: TestOutcome;
      readonly seconds: number;
      /** Why it failed or was skipped; empty where there is nothing to say. */
      readonly text: string;
    }
  /** A remark of the test that has just ended; of the file itself where it stands apart. */
  | { readonly kind: 'remark'; readonly nesting: number; readonly text: string }
  /** The file could not be loaded. */
  | { readonly kind: 'load-error'; readonly text: string }
  /** The process ends by `process.exit` or an uncaught error, not by having nothing left to do. */
  | { readonly kind: 'quit' }
  /** So many data races were found; told at the end of a process that had any. */
  | { readonly kind: 'races'; readonly count: number }
  /** All tests have ended. */
  | { readonly kind: 'done' };

/** The file descriptor on which a child tells its events. */
export const eventDescriptor = 3;

/** An event as a line. */
export function formatTestEvent(event: TestEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** Reads events out of a text that comes in pieces. */
export class TestEventReader {
  #rest = '';

  /** The events whose lines are complete with this piece. */
  read(piece: string): TestEvent[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line): TestEvent => JSON.parse(line));
  }
}
