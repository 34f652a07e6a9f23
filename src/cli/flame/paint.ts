import type { ChalkInstance } from 'chalk';
import type { FlameTextOptions, PaintBox } from '../../report/flame-text.js';
import type { FramePackage } from '../../report/frame-package.js';
import type { Io } from '../io.js';

/** How boxes are shown: filled where there are colours, else with a line. */
export async function boxLook(io: Io): Promise<Pick<FlameTextOptions, 'fill' | 'paint'>> {
  return io.stdout.color ? { fill: ' ', paint: await boxPainter() } : { fill: '─', paint: (text) => text };
}

/** Fills boxes by their package: npm and Go packages in turn, as they come. In a difference: red is more, blue less. */
async function boxPainter(): Promise<PaintBox> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const turns = [
    chalk.bgCyan.black,
    chalk.bgMagenta.black,
    chalk.bgBlueBright.black,
    chalk.bgCyanBright.black,
    chalk.bgBlue.whiteBright,
  ];
  const taken = new Map<string, ChalkInstance>();
  const turn = (name: string): ChalkInstance => {
    const own = taken.get(name) ?? turns[taken.size % turns.length] ?? chalk;
    taken.set(name, own);
    return own;
  };
  const colorOf = ({ kind, name }: FramePackage): ChalkInstance => {
    switch (kind) {
      case 'own':
        return chalk.bgYellow.black;
      case 'node':
        return chalk.bgGreen.black;
      case 'native':
        return chalk.bgWhite.black;
      case 'gc':
        return chalk.bgMagentaBright.black;
      case 'npm':
      case 'go':
        return turn(name);
    }
  };
  return (text, { package: own, change }) => {
    if (change !== 0) return (change > 0 ? chalk.bgRed.black : chalk.bgBlue.whiteBright)(text);
    return colorOf(own)(text);
  };
}
