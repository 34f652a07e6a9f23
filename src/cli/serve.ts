import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findVariant } from '../bench/variant.js';
import { ProfError } from '../error.js';
import { runChild } from '../run/child.js';
import { childEnv } from '../run/child-env.js';
import type { Command } from './command.js';
import { interruptible } from './interrupt.js';
import { wrongValue } from './options.js';

/** `prof serve`. */
export const serve: Command = {
  name: 'serve',
  synopsis: 'serve [options] <variant>',
  summary: 'Serve a variant on 127.0.0.1; its handler answers /hi, profiles are at /debug/pprof/.',
  examples: ['prof serve step0', 'prof serve step6 --port=0'],
  groups: [
    {
      title: 'Server',
      options: [
        { name: 'port', value: 'PORT', help: 'listen there; 0 takes a free one (default: 8080)' },
        {
          name: 'inline',
          help: 'leave inlining on: full speed, but inlined functions are missing in profiles',
        },
        { name: 'awaits', help: 'let block profiles tell of each await, which costs some nanoseconds' },
      ],
    },
  ],
  args: { min: 1, max: 1 },
  notes:
    'The address goes to standard error. Ctrl-C ends the server. To profile it under load:\n' +
    "  prof top 'http://127.0.0.1:8080/debug/pprof/profile?seconds=5'\n",

  async run({ args: [word = ''], options }, io) {
    const port = options.integer('port', 0) ?? 8080;
    if (port > 65535) throw wrongValue('port', String(port), 'a port: 0 to 65535');
    const variant = findVariant(word, io.cwd);
    const { handlerFile, label } = variant;
    if (handlerFile === undefined) throw noHandler(label);
    return interruptible(async (signal) => {
      const end = await runChild({
        nodeOptions: options.flag('inline') ? [] : ['--no-turbo-inlining', '--no-maglev-inlining'],
        file: fileURLToPath(new URL('../run/serve-main.js', import.meta.url)),
        args: [handlerFile, String(port), label],
        cwd: io.cwd,
        env: childEnv(io.env, { awaits: options.flag('awaits') }),
        signal,
        onMessage: () => {}, // it says nothing, but sees by the channel that we are there
      });
      signal.throwIfAborted();
      if (end.kind === 'exited') return end.status;
      throw new ProfError('failed', `${relative(io.cwd, handlerFile)}: killed by ${end.signal}`);
    });
  },
};

function noHandler(label: string): ProfError {
  return new ProfError('bad-variant', `${label}: no handler here`, {
    hint: 'Name the file that exports it, or call it demo.ts, handler.ts or index.ts.',
  });
}
