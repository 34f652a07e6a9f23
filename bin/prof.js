#!/usr/bin/env node
// The launcher: hands the command line to the compiled program, or says that it is not built.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Node 22 and later keep compiled code between runs.
module.enableCompileCache?.();

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(fileURLToPath(main))) {
  await import(main.href);
} else {
  process.stderr.write(
    'prof: not built\n  Run `npm run build` in the folder of prof-toolkit (`npm ci` does it as well).\n',
  );
  process.exitCode = 1;
}
