// What looking for data races costs real programs that share nothing: milliseconds of one piece of work, warm, in processes
// without and with it, in turn.
//   npm run bench:race-programs -- [node…] [--rounds=7] [--only=REGEXP]
// Installs the packages into a temporary folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inTurn, median } from './bench-truth/programs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const prof = join(root, 'bin/prof.js');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '7' }, only: { type: 'string', default: '' } },
});

/** The text of each program's module: what it works on is in `files`, texts by name. */
const programs = {
  'typescript@5.9.3': `import ts from 'typescript';
const options = { compilerOptions: { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 } };
export const work = () => files.sources.reduce((sum, text) => sum + ts.transpileModule(text, options).outputText.length, 0);`,
  'terser@5.44.1': `import { minify } from 'terser';
export const work = async () => (await minify(files.script)).code.length;`,
  'prettier@3.7.4': `import { format } from 'prettier';
export const work = async () => (await format(files.sources.slice(0, 20).join('\\n'), { parser: 'typescript' })).length;`,
  'marked@16.4.2': `import { marked } from 'marked';
export const work = () => files.pages.reduce((sum, text) => sum + marked.parse(text).length, 0);`,
  'pako@2.1.0': `import pako from 'pako';
export const work = () => pako.ungzip(pako.gzip(files.pages.join(''))).length;`,
};

/** Works for two seconds to get warm, then tells the median of two more. */
const driver = `
import { readFileSync } from 'node:fs';
const files = JSON.parse(readFileSync(new URL('./files.json', import.meta.url), 'utf8'));
const timed = async (millis) => {
  const took = [];
  for (const end = performance.now() + millis; performance.now() < end || took.length < 3; ) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return took.sort((a, b) => a - b)[took.length >> 1];
};
await timed(2000);
console.log(await timed(2000));
`;

function textsIn(folder, pattern) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function prepare(folder) {
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
  execFileSync('npm', ['install', '--silent', ...Object.keys(programs)], { cwd: folder, stdio: 'inherit' });
  const files = {
    sources: textsIn(join(root, 'src/profile'), /\.ts$/),
    script: readFileSync(join(root, 'node_modules/acorn/dist/acorn.mjs'), 'utf8'),
    pages: textsIn(join(root, 'docs'), /\.md$/),
  };
  writeFileSync(join(folder, 'files.json'), JSON.stringify(files));
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(folder, `${name}.mjs`), text + driver);
}

function report(node, folder) {
  console.log(`## Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}\n`);
  console.log('| program | plain | --race | times |');
  console.log('| --- | ---: | ---: | ---: |');
  for (const name of Object.keys(programs).filter((each) => new RegExp(values.only).test(each))) {
    const file = join(folder, `${name}.mjs`);
    const run = (...words) => Number(execFileSync(node, [...words, file], { encoding: 'utf8' }));
    const measures = { plain: () => run(), race: () => run(prof, 'run', '--race') };
    const turns = inTurn(measures, Number(values.rounds));
    const [plain, race] = ['plain', 'race'].map((each) => median(turns.map((turn) => turn[each])));
    const times = median(turns.map((turn) => turn.race / turn.plain));
    console.log(`| ${name} | ${plain.toFixed(1)} ms | ${race.toFixed(1)} ms | ${times.toFixed(2)} |`);
  }
  console.log('');
}

const folder = mkdtempSync(join(tmpdir(), 'prof-bench-'));
try {
  prepare(folder);
  for (const node of positionals.length > 0 ? positionals : [process.execPath]) report(node, folder);
} finally {
  rmSync(folder, { recursive: true });
}
