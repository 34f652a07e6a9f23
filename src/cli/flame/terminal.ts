import { emitKeypressEvents } from 'node:readline';
import { ProfError } from '../../error.js';
import type { Profile } from '../../profile/profile.js';
import { type Flame, flameOf } from '../../report/flame.js';
import { boxLabel, type FlameTextOptions, flameLine } from '../../report/flame-text.js';
import type { ReportOptions } from '../../report/options.js';
import { prepareReport } from '../../report/report.js';
import { clipped, printable } from '../../text/display-width.js';
import { compileRe2 } from '../../text/regexp.js';
import { interruptible } from '../interrupt.js';
import type { Io } from '../io.js';
import { boxLook } from './paint.js';
import { FlameWalk, type Key } from './walk.js';

/** Another screen, without a cursor; and back. */
const [enter, leave] = ['\x1b[?1049h\x1b[?25l', '\x1b[?25h\x1b[?1049l'];
const [reverse, underlined, plain] = ['\x1b[7m', '\x1b[4m', '\x1b[0m'];
const help = 'arrows walk · Enter zooms in · Backspace out · / searches, n next · r resets · q leaves';

/**
 * Walks through a flame graph on the terminal, key by key, until `q`. The terminal is as it was afterwards, whatever
 * happens.
 *
 * @throws ProfError `usage` where there is no terminal, `interrupted` after Ctrl-C
 */
export async function walkThrough(
  profile: Profile,
  { options, io }: { readonly options: ReportOptions; readonly io: Io },
): Promise<number> {
  if (process.stdin.isTTY !== true || !io.stdout.isTerminal) {
    throw new ProfError('usage', 'flame: -i needs a terminal to walk in', {
      hint: 'Leave -i out for a picture that can be piped.',
    });
  }
  const warn = (message: string): void => io.stderr.write(`prof: ${message}\n`);
  const flame = flameOf(await prepareReport(profile, { kind: 'flame', options, warn }));
  const screen = new Screen(flame, new FlameWalk(flame, compileSearch), { ...(await boxLook(io)), io });
  await interruptible((signal) =>
    withKeys(
      (key) => screen.press(key),
      () => screen.draw(),
      signal,
    ),
  );
  return 0;
}

/** A regular expression; where it is none, the text itself. */
function compileSearch(pattern: string): (name: string) => boolean {
  const compiled = compileRe2(pattern);
  return 'test' in compiled ? compiled.test : (name) => name.includes(pattern);
}

/** Hands keys over until one says no, and puts the terminal back. */
async function withKeys(press: (key: Key) => boolean, draw: () => void, signal: AbortSignal): Promise<void> {
  const { stdin, stdout } = process;
  const restore = (): void => {
    stdin.setRawMode(false);
    stdout.write(leave);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdout.write(enter);
  process.on('exit', restore); // an error that nobody expects ends the process by way of this
  try {
    draw();
    stdout.on('resize', draw);
    await keysUntil(press, draw, signal);
  } finally {
    stdout.off('resize', draw);
    process.off('exit', restore);
    restore();
    stdin.pause();
  }
}

function keysUntil(press: (key: Key) => boolean, draw: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (settle: () => void): void => {
      process.stdin.off('keypress', take).off('end', leaveIt);
      settle();
    };
    const leaveIt = (): void => stop(resolve);
    const interrupt = (): void => stop(() => reject(new ProfError('interrupted', 'interrupted')));
    const take = (text: string | undefined, key: { name?: string; ctrl?: boolean } = {}): void => {
      if (key.ctrl && key.name === 'c') interrupt();
      if (key.ctrl) return;
      try {
        if (press({ name: key.name ?? '', text: text ?? '' })) draw();
        else leaveIt();
      } catch (error) {
        stop(() => reject(error));
      }
    };
    process.stdin.on('keypress', take).on('end', leaveIt);
    signal.addEventListener('abort', interrupt, { once: true });
    process.stdin.resume();
  });
}

/** Draws where somebody is. */
class Screen {
  readonly #flame: Flame;
  readonly #walk: FlameWalk;
  readonly #look: Pick<FlameTextOptions, 'fill' | 'paint'>;
  readonly #io: Io;
  /** The first row that is shown. */
  #top = 0;

  constructor(
    flame: Flame,
    walk: FlameWalk,
    { io, ...look }: Pick<FlameTextOptions, 'fill' | 'paint'> & { readonly io: Io },
  ) {
    this.#flame = flame;
    this.#walk = walk;
    this.#look = look;
    this.#io = io;
  }

  press(key: Key): boolean {
    return this.#walk.press(key);
  }

  draw(): void {
    const columns = Math.max(20, this.#io.stdout.columns);
    const height = Math.max(1, (process.stdout.rows || 24) - 3);
    this.#walk.resize(columns);
    this.#scroll(height);
    const { rows, tree } = this.#walk;
    const lines = rows
      .slice(this.#top, this.#top + height)
      .map((cells) =>
        flameLine({ flame: this.#flame, tree, cells }, { fill: this.#look.fill, paint: this.#paint() }),
      );
    while (lines.length < height) lines.push('');
    const text = [...lines, ...this.#footer(columns)].map((line) => `${line}${plain}\x1b[K`).join('\r\n');
    this.#io.stdout.write(`\x1b[H${text}`);
  }

  #scroll(height: number): void {
    const row = this.#walk.rows.findIndex((cells) => cells.some(({ box }) => box === this.#walk.chosen));
    if (row < this.#top) this.#top = row;
    if (row >= this.#top + height) this.#top = row - height + 1;
  }

  #paint(): FlameTextOptions['paint'] {
    const { chosen } = this.#walk;
    return (text, facts) => {
      if (facts.box === chosen) return `${reverse}${text}${plain}`;
      const shown = this.#walk.isMatch(facts.box) ? `${underlined}${text}` : text;
      return this.#look.paint(shown, facts) + plain;
    };
  }

  /** The chosen box in words, then what keys do, or what is being typed. */
  #footer(columns: number): string[] {
    const { chosen, tree, typed, note } = this.#walk;
    const frame = chosen === 0 ? undefined : this.#flame.frames[tree.node[chosen] ?? 0];
    const flat = this.#flame.format(BigInt(Math.round(tree.flat[chosen] ?? 0)));
    const cum = this.#flame.format(BigInt(Math.round(tree.cum[chosen] ?? 0)));
    const place = frame === undefined || frame.file === '' ? '' : `  ${printable(frame.file)}`;
    const words = `${boxLabel(this.#flame, tree, chosen)}  flat ${flat}, cum ${cum}${place}`;
    const last = typed === undefined ? note || help : `/${typed}█`;
    return ['', clipped(words, columns), clipped(last, columns - 1)];
  }
}
