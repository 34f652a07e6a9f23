// Desk check: random profiles and options through prof and through Go's pprof; both must print the same.
//   node scripts/compare-pprof.mjs --go GO [--cases 1000] [--seed 1] [--keep DIR]
// Without a Go there is nothing to compare with, and nothing is done.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCommand } from '../dist/cli/commands.js';
import { parseCall } from '../dist/cli/parse.js';
import { ProfError } from '../dist/error.js';
import { encodeProfileGzip } from '../dist/profile/encode.js';
import { randomFrom } from './compare-pprof/random.mjs';
import { randomCall } from './compare-pprof/random-options.mjs';
import { randomProfile } from './compare-pprof/random-profile.mjs';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const go = argument('go', process.env.GO);
if (go === undefined) {
  console.log('compare-pprof: skipped, no Go given (--go GO)');
  process.exit(0);
}
process.env.TZ = 'UTC';
const pprof = execFileSync(go, ['tool', '-n', 'pprof'], { encoding: 'utf8' }).trim();
const cases = Number(argument('cases', '1000'));
const firstSeed = Number(argument('seed', '1'));
const folder = mkdtempSync(join(tmpdir(), 'compare-pprof-'));
const keep = argument('keep', undefined);

/** What pprof prints, or undefined where it fails. */
function reference({ command, pattern, options, files }) {
  const report = pattern === undefined ? `-${command}` : `-${command}=${pattern}`;
  const stdout = runPprof([report, ...options, ...files]);
  return stdout === undefined ? undefined : textOf(command, [stdout]);
}

function runPprof(words) {
  const run = spawnSync(pprof, ['-symbolize=none', ...words], { cwd: folder, maxBuffer: 2 ** 28 });
  return run.status === 0 ? run.stdout : undefined;
}

/** A report as text; a profile as pprof shows it. */
function textOf(command, chunks) {
  const bytes = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
  if (!command.endsWith('proto')) return bytes.toString();
  writeFileSync(join(folder, 'report.pb.gz'), bytes);
  return runPprof(['-raw', 'report.pb.gz'])?.toString() ?? '(not a profile)';
}

/** What prof prints, in this process, or undefined where it fails. */
async function ours({ command, pattern, options, files }) {
  const out = [];
  const sink = (write) => ({ write, isTerminal: false, columns: 80, color: false });
  const io = {
    stdout: sink((chunk) => out.push(chunk)),
    stderr: sink(() => {}),
    cwd: folder,
    env: {},
    readStdin: async () => new Uint8Array(),
  };
  const definition = await getCommand(command).load();
  const words = [...options, ...(pattern === undefined ? [] : [pattern]), ...files];
  try {
    await definition.run(parseCall(definition, words).call, io);
  } catch (error) {
    if (error instanceof ProfError) return undefined;
    throw error;
  }
  return textOf(command, out);
}

/**
 * A report without what depends on the order of equal entries: pprof sorts them as its maps happen to
 * be, so that it prints something else each time.
 */
function withoutOrder(command, text) {
  const lines = text.split('\n');
  if (command === 'dot')
    return lines
      .map((line) => line.replace(/N+(\d|_)+|id="node\d+"/g, 'N'))
      .sort()
      .join('\n');
  if (command === 'callgrind')
    return lines
      .map((line) =>
        line
          .split(' ')
          .at(-1)
          .replace(/\(\d+\)|\d+\/\d+/g, ''),
      )
      .sort()
      .join('\n');
  // The running sum.
  return lines
    .map((line) => line.replace(/^( *\S+ +\S+%) +\S+%/, '$1'))
    .sort()
    .join('\n');
}

/**
 * Whether pprof does not print the same each time, and ours is one of the things that it may print; or
 * what it prints varies by more than the order (which of several equal entries are cut off, say).
 */
function isUnstable(call, want, got) {
  const wanted = withoutOrder(call.command, want);
  let varies = false;
  for (let i = 0; i < 20; i++) {
    const again = reference(call);
    if (again === got) return true;
    if (withoutOrder(call.command, again) !== wanted) return true;
    varies ||= again !== want;
  }
  return varies && withoutOrder(call.command, got) === wanted;
}

function randomCase(seed) {
  const r = randomFrom(seed);
  const profile = randomProfile(r);
  const call = randomCall(r, profile.sampleTypes);
  const files = [writeProfile(`${seed}.pb.gz`, profile)];
  if (r.chance(0.1)) files.push(writeProfile(`${seed}-more.pb.gz`, randomProfile(r, profile)));
  if (r.chance(0.15)) {
    const base = writeProfile(`${seed}-base.pb.gz`, r.chance(0.5) ? randomProfile(r, profile) : profile);
    call.options.push(`-${r.pick(['base', 'diff_base'])}=${base}`);
    if (r.chance(0.3)) call.options.push('-normalize');
  }
  return { ...call, files };
}

function writeProfile(name, profile) {
  writeFileSync(join(folder, name), encodeProfileGzip(profile));
  return name;
}

let [same, failed, unstable] = [0, 0, 0];
const different = [];
for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
  const call = randomCase(seed);
  const [want, got] = [reference(call), await ours(call)];
  if (want === got) {
    if (want === undefined) failed++;
    else same++;
  } else if (want !== undefined && got !== undefined && isUnstable(call, want, got)) unstable++;
  else {
    different.push(seed);
    const words = [call.command, call.pattern ?? '', ...call.options, ...call.files].join(' ');
    console.log(`seed ${seed} differs: ${words}`);
    if (keep !== undefined) {
      mkdirSync(keep, { recursive: true });
      writeFileSync(join(keep, `${seed}.want`), want ?? '(failed)\n');
      writeFileSync(join(keep, `${seed}.got`), got ?? '(failed)\n');
    }
  }
}
if (keep === undefined || different.length === 0) rmSync(folder, { recursive: true });
else console.log(`profiles are in ${folder}`);
console.log(
  `${cases} cases: ${same} the same, ${failed} refused by both, ${unstable} where pprof does not always print the same, ${different.length} different`,
);
process.exitCode = different.length === 0 ? 0 : 1;
