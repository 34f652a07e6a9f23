// What looking for data races costs: nanoseconds an operation without and with it, and the milliseconds that a
// thread takes to start; with a Go given, what its -race costs for the same, measured in turn.
//   npm run bench:race -- [node…] [--go=PATH] [--rounds=3]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'bench-race');
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { go: { type: 'string' }, rounds: { type: 'string', default: '3' } },
});
const temporary = mkdtempSync(join(tmpdir(), 'prof-bench-'));
try {
  const go = values.go === undefined ? undefined : buildGo(values.go);
  for (const node of positionals.length > 0 ? positionals : [process.execPath]) report(node, go);
} finally {
  rmSync(temporary, { recursive: true });
}

/** The same operations in Go, without and with -race. */
function buildGo(go) {
  const build = (name, ...flags) => {
    const path = join(temporary, name);
    const args = ['build', ...flags, '-o', path, join(folder, 'operations.go')];
    execFileSync(go, args, { env: { ...process.env, CGO_ENABLED: '1' } });
    return path;
  };
  return { plain: build('plain'), race: build('race', '-race') };
}

function report(node, go) {
  console.log(`## Node ${run(node, ['--version']).trim()}\n`);
  const best = { plain: {}, race: {}, goPlain: {}, goRace: {} };
  for (let round = 0; round < Number(values.rounds); round++) {
    keepBest(best.plain, nodeCosts(node, []));
    keepBest(best.race, nodeCosts(node, watching(node)));
    if (go === undefined) continue;
    keepBest(best.goPlain, JSON.parse(run(go.plain, [])));
    keepBest(best.goRace, JSON.parse(run(go.race, [])));
  }
  const goHead = go === undefined ? '' : ' Go | -race | --race / -race |';
  console.log(`| operation | plain | --race | times |${goHead}`);
  console.log(`| --- | ---: | ---: | ---: |${go === undefined ? '' : ' ---: | ---: | ---: |'}`);
  for (const name of Object.keys(best.plain)) {
    const [plain, race, goPlain, goRace] = Object.values(best).map((costs) => costs[name]);
    const unit = name.startsWith('start') ? 'ms' : 'ns';
    const both = goRace === undefined ? [] : [goPlain, goRace].map((cost) => `${cost.toFixed(2)} ns`);
    const ratio = goRace === undefined ? [] : [(race / goRace).toFixed(2)];
    const cells = [
      name,
      `${plain.toFixed(2)} ${unit}`,
      `${race.toFixed(2)} ${unit}`,
      (race / plain).toFixed(1),
    ];
    console.log(`| ${[...cells, ...both, ...ratio].join(' | ')} |`);
  }
  console.log('');
}

function nodeCosts(node, options) {
  const operations = JSON.parse(run(node, [...options, join(folder, 'operations.mjs')]));
  const start = JSON.parse(run(node, [...options, join(folder, 'threads.mjs')]));
  return { ...operations, 'start of a thread': start };
}

/** What makes that version of Node watch a program. */
function watching(node) {
  const isOld = run(node, ['--version']).startsWith('v20.');
  return [
    '--require',
    join(dist, 'race/preload.cjs'),
    ...(isOld ? ['--import', 'data:text/javascript,'] : []),
  ];
}

function keepBest(best, costs) {
  for (const [name, cost] of Object.entries(costs)) best[name] = Math.min(best[name] ?? cost, cost);
}

function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8' });
}
