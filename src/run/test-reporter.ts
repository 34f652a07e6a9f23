import { writeSync } from 'node:fs';
import { failureText } from './failure-text.js';
import { eventDescriptor, formatTestEvent, type TestEvent } from './test-event.js';

/** The parts that we read of the events that node:test gives a reporter, on all versions of Node. */
interface ReporterEvent {
  readonly type: string;
  readonly data: {
    readonly name: string;
    readonly nesting: number;
    readonly message: string;
    readonly skip?: string | boolean;
    readonly todo?: string | boolean;
    readonly details?: { readonly duration_ms: number; readonly error?: Error };
  };
}

/**
 * Tells the parent process what node:test reports.
 * @see https://nodejs.org/api/test.html#custom-reporters
 */
async function* report(source: AsyncIterable<ReporterEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    const told = toTestEvent(event);
    if (told !== undefined) writeSync(eventDescriptor, formatTestEvent(told));
    yield ''; // a reporter's text would go to standard output, which is the tests'
  }
  writeSync(eventDescriptor, formatTestEvent({ kind: 'done' }));
}

function toTestEvent({ type, data }: ReporterEvent): TestEvent | undefined {
  if (type === 'test:dequeue') return { kind: 'begin', nesting: data.nesting, name: data.name };
  if (type === 'test:diagnostic') return toRemark(data);
  if (type !== 'test:pass' && type !== 'test:fail') return undefined;
  // Node 20 reports tests that were not asked for; later ones leave them out.
  if (data.skip === 'test name does not match pattern') return undefined;
  const { duration_ms: millis = 0, error } = data.details ?? {};
  const set = data.skip !== undefined || data.todo !== undefined;
  const outcome = set ? 'skip' : type === 'test:fail' ? 'fail' : 'pass';
  const text = outcome === 'fail' ? reason(error) : outcome === 'skip' ? remark(data.skip ?? data.todo) : '';
  return { kind: 'end', nesting: data.nesting, name: data.name, outcome, seconds: millis / 1000, text };
}

/** What a test remarks, or node:test of the file; its closing counts are left out. */
function toRemark({ nesting, message }: ReporterEvent['data']): TestEvent | undefined {
  if (/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(message)) return undefined;
  return { kind: 'remark', nesting, text: message };
}

/** Why a test failed; nothing where the tests inside it say it. */
function reason(error: Error | undefined): string {
  if (error === undefined) return '';
  if ('failureType' in error && error.failureType === 'subtestsFailed') return '';
  return failureText(error.cause ?? error, process.cwd());
}

function remark(value: string | boolean | undefined): string {
  return typeof value === 'string' ? value : '';
}

// biome-ignore lint/style/noDefaultExport: node:test asks for it
export default report;
