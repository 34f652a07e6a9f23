// Runs the tests: all of test/**/*.test.ts, or the files and options named on the command line.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const named = words.some((word) => word.endsWith('.ts'));
const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .sort();

// Each test file is a child of its own and finds the load hooks there by NODE_OPTIONS; `--import`
// makes Node 20 load a TypeScript file as its main module.
const register = join(root, 'dist/source/register.js');
const result = spawnSync(
  process.execPath,
  ['--import', register, '--test', '--test-concurrency=2', ...words, ...(named ? [] : all)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0', TZ: 'UTC' } },
);
process.exitCode = result.status ?? 1;
