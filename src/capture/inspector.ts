import { Session } from 'node:inspector';

/** A session with this thread's own inspector, whose answers come at once. */
export class OwnInspector {
  readonly #session: Session = new Session();

  constructor() {
    this.#session.connect();
  }

  /**
   * Calls a method of the DevTools protocol. In the thread that is inspected the answer is there
   * before the call returns.
   *
   * @see https://chromedevtools.github.io/devtools-protocol/v8/
   */
  post<T>(method: string, params: object = {}): T {
    let failure: Error | null = null;
    let answer: unknown;
    this.#session.post(method, params, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure !== null) throw failure;
    return answer as T; // the protocol's own shape for this method
  }

  close(): void {
    this.#session.disconnect();
  }
}

/** A function as V8's profilers name it. */
export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  /** Path or `file:` URL; empty for V8's own. */
  readonly url: string;
  /** 0-based line where the function starts. */
  readonly lineNumber: number;
  /** 0-based column where the function starts. */
  readonly columnNumber: number;
}
