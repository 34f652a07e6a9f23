// Objects and bytes by line: programs that allocate what V8's layout tells on lines marked `//= NAME`, through prof and
// through node --heap-prof, which knows the line where a function starts only. Of each line it is what one operation allocates there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prof, runJson, withFolder } from './programs.mjs';

export const title = 'Memory by line';
/** Percent. */
export const limit = 2;

const operations = 1024;

/** Statements whose place is in question → objects and bytes of one. */
const small = ['new Array(8).fill(x)', 2, 112];
const large = ['new Array(100).fill(x)', 2, 848];

/** Name → code around two lines, how it is called, and what the lines allocate. */
const programs = {
  'a function': { code: (a, b) => `function f(x) {\n${a}\n${b}\n}`, call: 'f(i & 7)' },
  'a method': {
    code: (a, b) => `class C {\n  m(x) {\n${a}\n${b}\n  }\n}\nconst c = new C();`,
    call: 'c.m(i & 7)',
  },
  'an async function': {
    code: (a, b) => `async function f(x) {\n  await null;\n${a}\n${b}\n}`,
    call: 'await f(i & 7)',
  },
  'a generator': {
    code: (a, b) => `function* f(x) {\n${a}\n  yield x;\n${b}\n}`,
    call: 'for (const _ of f(i & 7));',
  },
  'a closure': {
    code: (a, b) => `const make = (x) => () => {\n${a}\n${b}\n};\nconst f = make(3);`,
    call: 'f()',
  },
  'a callback': {
    code: (a, b) => `const list = [1];\nfunction f() {\n  list.forEach((x) => {\n${a}\n${b}\n  });\n}`,
    call: 'f()',
  },
  'a getter': {
    code: (a, b) => `const o = { get p() {\n  const x = 1;\n${a}\n${b}\n  return x;\n} };`,
    call: 'if (o.p !== 1) throw new Error()',
  },
};

const double = {
  code: `function f(n) {
  let total = 0.5;
  for (let i = 0; i < n; i++) {
    total += i * 0.25; //= total += i * 0.25
  }
  return total;
}`,
  call: 'if (f(10) < 0) throw new Error()',
};

function benchmark({ code, call }) {
  const setUp = `const kept = [];\n${code}\n`;
  return `${setUp}export async function Benchmark(b) {\n  for (let i = 0; i < b.n; i++) {\n    ${call};\n  }\n}
if (process.argv[2] === 'run') await Benchmark({ n: ${operations} });\n`;
}

function lineOf(index, [statement]) {
  return `kept[${index}] = ${statement}; //= ${statement}`;
}

/** Rows of the programs whose name matches, objects and bytes of each marked line. */
export function run({ node, match }) {
  const all = Object.entries(programs).map(([name, { code, call }]) => ({
    name,
    text: benchmark({ code: code(lineOf(0, small), lineOf(1, large)), call }),
    lines: [small, large],
  }));
  all.push({ name: 'a loop', text: benchmark(double), lines: [['total += i * 0.25', 0, 0]] });
  return all.filter(({ name }) => match.test(name)).flatMap((each) => rowsOf(node, each));
}

function rowsOf(node, { name, text, lines }) {
  return withFolder({ 'a.bench.mjs': text }, (folder) => {
    const file = join(folder, 'a.bench.mjs');
    const output = join(folder, 'prof.mem');
    succeed(node, [
      prof,
      'bench',
      file,
      `--benchtime=${operations}x`,
      '--no-cpuprofile',
      '--no-save',
      `--memprofile=${output}`,
    ]);
    const other = ['--heap-prof', '--heap-prof-interval=16', `--heap-prof-dir=${folder}`];
    succeed(node, [...other, '--heap-prof-name=a.heapprofile', file, 'run']);
    const numbers = lineNumbers(readFileSync(file, 'utf8'));
    const readings = {
      objects: { prof: byLine(node, output, 'alloc_objects') },
      B: {
        prof: byLine(node, output, 'alloc_space'),
        'node --heap-prof': byLine(node, join(folder, 'a.heapprofile'), undefined),
      },
    };
    return lines.flatMap(([statement, objects, bytes]) =>
      Object.entries({ objects, B: bytes }).map(([unit, truth]) => ({
        program: `${statement} in ${name}`,
        unit,
        truth,
        readings: Object.fromEntries(
          Object.entries(readings[unit]).map(([tool, read]) => [
            tool,
            (read.get(numbers.get(statement)) ?? 0) / operations,
          ]),
        ),
      })),
    );
  });
}

function succeed(node, words) {
  const { status, stderr } = spawnSync(node, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')}:\n${stderr}`);
}

/** Statement → its line. */
function lineNumbers(text) {
  const found = text.split('\n').map((line, i) => [/\/\/= (.*)$/.exec(line)?.[1], i + 1]);
  return new Map(found.filter(([statement]) => statement !== undefined));
}

/** Line of the program → what is allocated on it, by all operations. */
function byLine(node, profile, type) {
  const index = type === undefined ? [] : [`--sample-index=${type}`];
  const list = runJson(node, [prof, 'list', '--json', ...index, '.', profile]);
  const totals = new Map();
  for (const { files } of list.functions)
    for (const { file, lines } of files)
      if (file.endsWith('a.bench.mjs'))
        for (const { line, flat } of lines) totals.set(line, (totals.get(line) ?? 0) + Number(flat));
  return totals;
}
