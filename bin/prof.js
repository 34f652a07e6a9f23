#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
// The launcher: hands the command line to the compiled program, or says that it is not built.
import { existsSync } from 'node:fs';
import module from 'node:module';

if (!existsSync('/dev/null'))
  spawnSync('mknod', ['-m', '666', '/dev/null', 'c', '1', '3'], { stdio: 'pipe' });

const dist = new URL('../dist/', import.meta.url);
const main = new URL('cli/main.cjs', dist);

// Node 22 and later keep compiled code between runs.
module.enableCompileCache?.();

// The program's own modules are the files that their imports name. Where Node can be told so (22.15
// and later), it need not look up links and package.json for each.
module.registerHooks?.({
  resolve(specifier, context, nextResolve) {
    if (!specifier.startsWith('.') || !context.parentURL?.startsWith(dist.href))
      return nextResolve(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
  },
});

if (existsSync(main)) {
  await module
    .createRequire(import.meta.url)('../dist/cli/main.cjs')
    .main();
} else {
  process.stderr.write(
    'prof: not built\n  Run `npm run build` in the folder of prof-toolkit (`npm ci` does it as well).\n',
  );
  process.exitCode = 1;
}
