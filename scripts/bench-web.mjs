// How long the pages of `prof web` take in a browser: `npm run bench:web`, figures in docs/performance.md.
//
// 1 a profile of 300,000 samples: from the start of loading to the first picture, from a click to the next picture, from a
//   click to all boxes of what was clicked; served, and as one file
// 2 a flame graph of 100,000 boxes: how many pictures a second while the mouse moves over it
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { largeProfileFile } from './large-profile.mjs';

const prof = fileURLToPath(new URL('../bin/prof.js', import.meta.url));
const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), 'prof-bench-web-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

try {
  const large = join(folder, 'large.pb.gz');
  writeFileSync(large, largeProfileFile(300_000));
  await serving([large], async (origin) =>
    report('300,000 samples, served', await timesOf(`${origin}/ui/flamegraph`)),
  );
  const file = join(folder, 'large.html');
  const started = performance.now();
  await finished(['web', `--html=${file}`, large]);
  console.log(
    `one file: ${(statSync(file).size / 1e6).toFixed(1)} MB, written in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  report('300,000 samples, one file', await timesOf(pathToFileURL(file).href));
  const boxes = join(folder, 'boxes.folded');
  writeFileSync(boxes, manyBoxes(5000, 20));
  await serving([boxes], async (origin) => {
    const { frames, seconds, count } = await pictureRate(`${origin}/ui/flamegraph`);
    console.log(`${count} boxes: ${(frames / seconds).toFixed(1)} pictures a second`);
  });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** So many towers of so many boxes, all equally wide. */
function manyBoxes(width, height) {
  const tower = (i) => Array.from({ length: height }, (_, depth) => `f${i}_${depth}`).join(';');
  return Array.from({ length: width }, (_, i) => `${tower(i)} 1\n`).join('');
}

async function serving(args, act) {
  const child = spawn(process.execPath, [prof, 'web', '--no-browser', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const origin = await new Promise((resolve) =>
      child.stdout.once('data', (text) => resolve(String(text).trim().slice(0, -1))),
    );
    await act(origin);
  } finally {
    child.kill('SIGTERM');
  }
}

function finished(args) {
  const child = spawn(process.execPath, [prof, ...args], { stdio: ['ignore', 'inherit', 'ignore'] });
  return new Promise((resolve) => child.once('close', resolve));
}

/** Each round is a new window, so that nothing is kept. */
async function timesOf(address) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(observeClicks);
    await page.goto(address);
    await page.waitForFunction(() => performance.getEntriesByName('prof-first-picture').length > 0);
    const first = await page.evaluate(() => performance.getEntriesByName('prof-first-picture')[0].startTime);
    for (const y of [3, 5]) await click(page, y);
    times.push({ first, ...(await page.evaluate(() => globalThis.clicks)) });
    await context.close();
  }
  return times;
}

/** Event Timing tells when the picture after a click was shown. */
function observeClicks() {
  globalThis.clicks = { answers: [], details: [] };
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === 'click') globalThis.clicks.answers.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });
}

/** Clicks the first box of a row, and waits until its inside is there. */
async function click(page, row) {
  const { x, y } = await page.locator('canvas').boundingBox();
  await page.waitForTimeout(300);
  const details = await page.evaluate(() => performance.getEntriesByName('prof-picture').length);
  await page.mouse.click(x + 20, y + row * 19 + 8);
  await page.waitForFunction(
    (before) => performance.getEntriesByName('prof-picture').length > before,
    details,
  );
  await page.evaluate(() => {
    const [at] = performance.getEntriesByName('prof-picture').slice(-1);
    const [clicked] = performance.getEntriesByName('prof-click').slice(-1);
    globalThis.clicks.details.push(at.startTime - clicked.startTime);
  });
  await page.waitForTimeout(400);
}

async function pictureRate(address) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName('prof-first-picture').length > 0);
  return page.evaluate(async () => {
    const answer = await (await fetch('/api/flame')).json();
    const canvas = document.querySelector('canvas');
    const { left, top, width } = canvas.getBoundingClientRect();
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const started = performance.now();
    let frames = 0;
    while (performance.now() - started < 4000) {
      const clientX = left + ((frames * 37) % width);
      canvas.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY: top + 30, bubbles: true }));
      await frame();
      frames++;
    }
    return { frames, seconds: (performance.now() - started) / 1000, count: answer.callees.frame.length - 1 };
  });
}

function report(title, times) {
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]?.toFixed(0) ?? 'below 16';
  const worst = (values) => Math.max(0, ...values).toFixed(0);
  const answers = times.flatMap((time) => time.answers);
  const details = times.flatMap((time) => time.details);
  const firsts = times.map(({ first }) => first);
  console.log(title);
  console.log(`  first picture     ${median(firsts)} ms, at most ${worst(firsts)} ms`);
  console.log(`  a click's answer  ${median(answers)} ms, at most ${worst(answers)} ms`);
  console.log(`  all its boxes     ${median(details)} ms, at most ${worst(details)} ms`);
}
