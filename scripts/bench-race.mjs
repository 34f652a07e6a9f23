// What looking for data races costs: nanoseconds an operation without and with it, and the milliseconds that a
// process and a thread take to start.
//   npm run bench:race [node…]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnv } from '../dist/run/child-env.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'bench-race');
const nodes = process.argv.length > 2 ? process.argv.slice(2) : [process.execPath];
const modes = { plain: { ...process.env }, race: childEnv(process.env, { race: true }) };

for (const node of nodes) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`## Node ${version}\n`);
  console.log('| operation | plain | --race | times |\n| --- | ---: | ---: | ---: |');
  const plain = JSON.parse(run(node, 'plain', 'operations.mjs'));
  const race = JSON.parse(run(node, 'race', 'operations.mjs'));
  for (const name of Object.keys(plain)) printRow(name, plain[name], race[name], 'ns');
  const starts = (mode) => JSON.parse(run(node, mode, 'threads.mjs'));
  printRow('start of a thread', starts('plain'), starts('race'), 'ms');
  console.log('');
}

function run(node, mode, file) {
  const { stdout, stderr, status } = spawnSync(node, [join(folder, file)], {
    env: modes[mode],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${file} (${mode}): ${stderr}`);
  return stdout;
}

function printRow(name, plain, race, unit) {
  console.log(
    `| ${name} | ${plain.toFixed(2)} ${unit} | ${race.toFixed(2)} ${unit} | ${(race / plain).toFixed(1)} |`,
  );
}
