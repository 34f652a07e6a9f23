// Times the viewer on profiles of 3 k, 300 k and 3 M samples, what is compared in turn:
//   npm run bench:viewer -- [--go GO] [--samples 3000,300000,3000000] [--runs 5]
// `prof top`, `go tool pprof -top` where a Go is given, and decoding alone by other libraries where they are installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const runs = Number(argument('runs', '5'));
const sizes = argument('samples', '3000,300000,3000000').split(',').map(Number);
const go = argument('go', process.env.GO);
const pprof =
  go === undefined ? undefined : execFileSync(go, ['tool', '-n', 'pprof'], { encoding: 'utf8' }).trim();
const folder = join(tmpdir(), 'prof-bench-viewer');
mkdirSync(folder, { recursive: true });

/** A child that imports a decoder and decodes the file, zipped or not as the library wants it. */
const decodeWith = (code) => (file) => [process.execPath, '--input-type=module', '-e', code, file];
const readPlain =
  "import { readFileSync } from 'node:fs'; import { gunzipSync } from 'node:zlib'; const bytes = gunzipSync(readFileSync(process.argv[1]));";
const decoders = {
  'prof, decode alone': decodeWith(
    `import { readFileSync } from 'node:fs'; import { decodeProfile } from '${new URL('../dist/profile/decode.js', import.meta.url).href}'; decodeProfile(readFileSync(process.argv[1]), 'x');`,
  ),
  'pprof-format, decode alone': decodeWith(
    `${readPlain} import { Profile } from 'pprof-format'; Profile.decode(bytes);`,
  ),
  'protobufjs, decode alone': decodeWith(
    `${readPlain} import pprof from 'pprof/proto/profile.js'; pprof.perftools.profiles.Profile.decode(bytes);`,
  ),
};

const commands = {
  'node -e 0': () => [process.execPath, '-e', '0'],
  'prof top': (file) => [process.execPath, join(root, 'bin/prof.js'), 'top', file],
  ...(pprof === undefined
    ? {}
    : { 'go tool pprof -top': (file) => [pprof, '-symbolize=none', '-top', file] }),
  ...decoders,
};

function fileOf(samples) {
  const file = join(folder, `${samples}.pb.gz`);
  if (!existsSync(file)) {
    const code = `import { writeFileSync } from 'node:fs'; import { largeProfileFile } from '${new URL('large-profile.mjs', import.meta.url).href}'; writeFileSync('${file}', largeProfileFile(${samples}));`;
    execFileSync(process.execPath, ['--max-old-space-size=8192', '--input-type=module', '-e', code], {
      cwd: root,
    });
  }
  return file;
}

/** Seconds of wall and processor time and peak memory of a child, by GNU time; undefined where it fails. */
function measure(command, log) {
  const run = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', '-o', log, ...command], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  if (run.status !== 0) return undefined;
  const [wall, user, system, kilobytes] = readFileSync(log, 'utf8').trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system, megabytes: kilobytes / 1024 };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

for (const samples of sizes) {
  const file = fileOf(samples);
  const size = gunzipSync(readFileSync(file)).length / 1e6;
  console.log(`\n${samples.toLocaleString('en')} samples, ${size.toFixed(1)} MB unzipped\n`);
  console.log('| what | wall, s | processor, s | memory, MB |\n| --- | ---: | ---: | ---: |');
  const results = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let i = 0; i < runs; i++)
    for (const [name, command] of Object.entries(commands)) {
      const result = measure(command(file), join(folder, 'time'));
      if (result !== undefined) results.get(name).push(result);
    }
  for (const [name, list] of results) {
    if (list.length === 0) console.log(`| ${name} | not installed | | |`);
    else {
      const of = (key, digits) => median(list.map((result) => result[key])).toFixed(digits);
      console.log(`| ${name} | ${of('wall', 2)} | ${of('cpu', 2)} | ${of('megabytes', 0)} |`);
    }
  }
}
writeFileSync(join(folder, 'README'), 'Made by scripts/bench-viewer.mjs; may be deleted.\n');
