import type { ChildEnd } from '../run/child.js';
import type { TestEvent, TestOutcome } from '../run/test-event.js';

/** A test that has ended, with the tests inside it. */
interface Result {
  readonly name: string;
  readonly outcome: TestOutcome;
  readonly seconds: number;
  /** Why it failed or was skipped, and what it remarked. */
  readonly texts: string[];
  readonly inner: readonly Result[];
}

/** How the process of a test file ended. */
export interface FileEnd {
  /** The file as the report names it. */
  readonly file: string;
  readonly end: ChildEnd;
  readonly seconds: number;
}

const words: Readonly<Record<TestOutcome, string>> = { pass: 'PASS', fail: 'FAIL', skip: 'SKIP' };

/**
 * The report on one test file in the layout of `go test`: each event in, the text to print out.
 *
 * A test is printed when it has ended, the tests inside it indented below it; without
 * `verbose` only those that failed.
 */
export class TestOutput {
  /** Whether a test failed, or the file itself. */
  failed = false;
  /** How many tests ended, those inside others left out. */
  count = 0;
  /** Data races that were found. */
  races = 0;
  readonly #verbose: boolean;
  /** Names of the tests that began, from the outermost to the one that began last. */
  #path: string[] = [];
  /** Ended tests whose outer test has not ended, by nesting. */
  #waiting: Result[][] = [];
  /** The test that was printed last. */
  #last: Result | undefined;
  #loadError = '';
  /** What node:test says of the file. */
  #remarks: string[] = [];
  #quit = false;
  #done = false;

  constructor({ verbose }: { readonly verbose: boolean }) {
    this.#verbose = verbose;
  }

  add(event: TestEvent): string {
    switch (event.kind) {
      case 'begin':
        this.#path = [...this.#path.slice(0, event.nesting), oneLine(event.name)];
        return this.#verbose ? `=== RUN   ${this.#path.join('/')}\n` : '';
      case 'end':
        return this.#end(event);
      case 'remark':
        return this.#remark(event.nesting, event.text);
      case 'load-error':
        this.#loadError = event.text;
        return '';
      case 'races':
        this.races = event.count;
        return '';
      case 'quit':
        this.#quit = true;
        return '';
      case 'done':
        this.#done = true;
        return '';
      default:
        return assertNever(event);
    }
  }

  /** What is left to say when the process of the file has ended. */
  finish({ file, end, seconds }: FileEnd): string {
    const lost = this.#waiting.flat().filter(({ outcome }) => outcome === 'fail');
    const orphans = lost.map((result) => this.#format(result, '', '')).join('');
    const text = this.#loadError || this.#earlyEnd(end);
    if (text === '') return orphans;
    this.failed = true;
    const texts = [text, ...this.#remarks];
    return orphans + this.#format({ name: file, outcome: 'fail', seconds, texts, inner: [] }, '', '');
  }

  #end(event: TestEvent & { kind: 'end' }): string {
    const { nesting, outcome, seconds } = event;
    const texts = event.text === '' ? [] : [event.text];
    const inner = this.#waiting[nesting + 1] ?? [];
    this.#waiting[nesting + 1] = [];
    const result = { name: oneLine(event.name), outcome, seconds, texts, inner };
    if (outcome === 'fail') this.failed = true;
    if (nesting === 0) {
      this.count++;
      this.#last = result;
      return this.#format(result, '', '');
    }
    (this.#waiting[nesting] ??= []).push(result);
    return '';
  }

  #remark(nesting: number, text: string): string {
    if (nesting > 0) this.#waiting[nesting]?.at(-1)?.texts.push(text);
    else if (/^(Error|Warning): /.test(text)) this.#remarks.push(text);
    else if (this.#last !== undefined && this.#isShown(this.#last)) return indented(text, '    ');
    return '';
  }

  #isShown({ outcome }: Result): boolean {
    return this.#verbose || outcome === 'fail';
  }

  #format(result: Result, outer: string, indent: string): string {
    if (!this.#isShown(result)) return '';
    const { name, outcome, seconds, texts, inner } = result;
    const path = `${outer}${name}`;
    const head = `${indent}--- ${words[outcome]}: ${path} (${seconds.toFixed(2)}s)\n`;
    const below = `${indent}    `;
    const text = texts.map((each) => indented(each, below)).join('');
    return `${head}${text}${inner.map((each) => this.#format(each, `${path}/`, below)).join('')}`;
  }

  /** Why the process's end is a failure; empty where it is none, or where the tests have told. */
  #earlyEnd(end: ChildEnd): string {
    if (end.kind === 'killed') return `the process was killed by ${end.signal}${this.#running()}`;
    const early = this.#quit && !this.#done;
    if (early)
      return `the process ended with status ${end.status} before its tests were done${this.#running()}`;
    if (this.races > 0) return this.failed ? '' : 'race detected outside of the tests';
    return end.status !== 0 && !this.failed ? `the process ended with status ${end.status}` : '';
  }

  #running(): string {
    return this.#done || this.#path.length === 0
      ? ''
      : `\nThe last test that began is ${this.#path.join('/')}.`;
  }
}

/** Lines at `indent`, all but the first four columns further in. */
function indented(text: string, indent: string): string {
  const [first = '', ...rest] = text.split('\n');
  return [`${indent}${first}`, ...rest.map((line) => (line === '' ? '' : `${indent}    ${line}`)), ''].join(
    '\n',
  );
}

function oneLine(name: string): string {
  return name.replace(/\s+/g, ' ');
}

function assertNever(value: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(value)}`);
}
