// Makes the outputs in docs/walkthrough.md anew: `node scripts/walkthrough.mjs [FILE]`. Prose stays.
//
// In a block that begins with ```console, each line `$ COMMAND` is run by the shell, in one folder for
// the whole page, and followed by what it printed; `head=N` keeps the first N lines of each output.
// A command that fails ends the script, unless `$ echo $?` follows. A block that begins with
// ```diff step2 step3 FILE holds the difference between two fixtures' files.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = process.argv[2] ?? join(root, 'docs/walkthrough.md');
const folder = mkdtempSync(join(tmpdir(), 'walkthrough-'));
const tools = mkdtempSync(join(tmpdir(), 'walkthrough-bin-'));

try {
  writeFileSync(join(tools, 'prof'), `#!/bin/sh\nexec "${process.execPath}" "${root}/bin/prof.js" "$@"\n`);
  chmodSync(join(tools, 'prof'), 0o755);
  const text = readFileSync(page, 'utf8').replace(
    /^```(console|diff)(.*)\n([\s\S]*?)^```$/gm,
    (_, kind, words, body) => {
      const made = kind === 'diff' ? difference(words.trim().split(/\s+/)) : session(body, words);
      return `\`\`\`${kind}${words}\n${made}\`\`\``;
    },
  );
  writeFileSync(`${page}.new`, text);
  renameSync(`${page}.new`, page);
} finally {
  for (const path of [folder, tools]) rmSync(path, { recursive: true, force: true });
}

/** The commands of a block, each with its output. */
function session(body, words) {
  const head = Number(/\bhead=(\d+)/.exec(words)?.[1] ?? Number.POSITIVE_INFINITY);
  const commands = [...body.matchAll(/^\$ (.*)$/gm)].map(([, command]) => command);
  let status = 0;
  return commands
    .map((command, i) => {
      if (command === 'echo $?') return `$ ${command}\n${status}\n`;
      process.stderr.write(`$ ${command}\n`);
      const result = spawnSync('sh', ['-c', `{ ${command}; } 2>&1`], {
        cwd: folder,
        encoding: 'utf8',
        env: shellEnv(),
      });
      status = result.status;
      if (status !== 0 && commands[i + 1] !== 'echo $?') {
        throw new Error(`"${command}" ended with status ${status}:\n${result.stdout}`);
      }
      const lines = result.stdout.trimEnd().split('\n');
      const shown = lines.length > head ? [...lines.slice(0, head), '…'] : lines;
      return `$ ${command}\n${shown.map((line) => `${withoutPaths(line).trimEnd()}\n`).join('')}`;
    })
    .join('');
}

function shellEnv() {
  return { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}`, NO_COLOR: '1', TZ: 'UTC' };
}

/** Files are named as a reader in the clone would name them. */
function withoutPaths(line) {
  return line.replaceAll(`${folder}/`, '').replaceAll(`${root}/`, '');
}

/** The lines that differ, with the name of the step for a heading. */
function difference([from, to, file = 'demo.ts']) {
  const [old, now] = [from, to].map((step) => lines(join(root, 'fixtures', step, file)));
  const width = now.length + 1;
  // common[i * width + j]: the length of the longest common part of the lines from i and j on.
  const common = new Int32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const [right, below] = [common[i * width + j + 1], common[(i + 1) * width + j]];
      common[i * width + j] =
        old[i] === now[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(right, below);
    }
  }
  const out = [`--- fixtures/${from}/${file}\n`, `+++ fixtures/${to}/${file}\n`];
  for (let i = 0, j = 0, gap = true; i < old.length || j < now.length; ) {
    const same = i < old.length && j < now.length && old[i] === now[j];
    if (same) [i, j, gap] = [i + 1, j + 1, true];
    else {
      if (gap) out.push(`@@ line ${i + 1} @@\n`);
      gap = false;
      const drop =
        j >= now.length || (i < old.length && common[(i + 1) * width + j] >= common[i * width + j + 1]);
      out.push(drop ? `-${old[i++]}\n` : `+${now[j++]}\n`);
    }
  }
  return out.join('');
}

function lines(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}
