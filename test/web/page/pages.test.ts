import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { decodeProfile } from '../../../src/profile/decode.js';
import { hostileProfile } from '../../hostile-profile.js';
import { tempFolder } from '../../temp-folder.js';
import { assertInertSvg } from '../../xml.js';
import { serveWeb } from '../serve-web.js';
import { inBrowser, openPage, settled } from './browser.js';

const data = (name: string): string => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serves a profile and drives its pages; nothing may go wrong in them on the way. */
async function drive(
  args: readonly string[],
  act: (page: Page, origin: string) => Promise<void>,
  options: { readonly colorScheme?: 'dark' | 'light'; readonly env?: Record<string, string> } = {},
): Promise<void> {
  const serve = async (origin: string): Promise<void> => {
    const { page, problems, close } = await openPage(origin, { colorScheme: options.colorScheme ?? 'light' });
    await page.goto(`${origin}/`);
    await settled(page);
    await act(page, origin);
    await close();
    assert.deepEqual(problems, []);
  };
  await serveWeb(args, serve, { cwd: root, env: options.env ?? {} });
}

/** Chooses an entry of a menu. */
async function choose(page: Page, menu: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menu').getByText(entry, { exact: true }).click();
  await settled(page);
}

/** Answers the dialog that an entry opens. */
async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
  await settled(page);
}

/** Whether the flame graph has been drawn: not one colour only. */
async function isDrawn(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return new Set(new Uint32Array(new Uint8ClampedArray(pixels).buffer)).size > 3;
  });
}

/** Waits until so many filters are on. */
async function hasChips(page: Page, count: number): Promise<void> {
  await page.waitForFunction((want) => document.querySelectorAll('.chip').length === want, count);
}

/** Waits for what is said at the bottom. */
async function says(page: Page, text: RegExp): Promise<void> {
  await page.locator('.status', { hasText: text }).waitFor();
}

/** Findings of axe-core that are serious or worse. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] =
    await page.evaluate(
      // Cast: axe-core has put itself there.
      () =>
        (globalThis as unknown as { axe: { run(): Promise<{ violations: never[] }> } }).axe
          .run()
          .then(({ violations }) => violations),
    );
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

const profiles = [
  {
    name: 'a CPU profile',
    file: 'web/cpu-2.pb.gz',
    func: 'handleHi',
    types: ['samples (count)', 'cpu (nanoseconds)'],
  },
  {
    name: 'a memory profile',
    file: 'web/mem.pb.gz',
    func: 'handleHi',
    types: ['alloc_objects (count)', 'alloc_space (bytes)', 'inuse_objects (count)', 'inuse_space (bytes)'],
  },
  {
    name: 'a block profile',
    file: 'web/block.pb.gz',
    func: 'handleHi',
    types: ['contentions (count)', 'delay (nanoseconds)'],
  },
] as const;

for (const { name, file, func, types } of profiles) {
  test(`pages: every view and menu of ${name}`, inBrowser, async (t) => {
    const folder = tempFolder(t);
    const act = async (page: Page, origin: string): Promise<void> => {
      assert.equal(page.url(), `${origin}/ui/flamegraph`);
      assert.ok(await isDrawn(page));
      const show = async (view: string): Promise<void> => {
        await page.getByRole('navigation').getByText(view, { exact: true }).click();
        await settled(page);
      };
      await show('Graph');
      await page.locator('svg .node').first().waitFor();
      await show('Top');
      assert.ok((await page.locator('.top-table tbody tr').count()) > 4);
      await show('Peek');
      assert.ok((await page.locator('.peek-table').count()) > 2);
      await page.goto(`${origin}/ui/source?p=${func}`);
      await page.locator('.source-table .token-keyword').first().waitFor();
      await show('Tags');
      await page.getByText('bench', { exact: true }).waitFor();

      for (const type of types) {
        await choose(page, 'Sample', type);
        await page.locator('.type', { hasText: type.split(' ')[0] ?? '' }).waitFor();
      }
      await show('Top');
      const before = await page.locator('.top-table tbody tr').count();
      for (const entry of ['Focus…', 'Show…', 'Show from…']) {
        await choose(page, 'Refine', entry);
        await answer(page, `${func}|Atomics|handle`);
        await page.locator('.chip', { hasText: func }).first().waitFor();
      }
      for (const entry of ['Ignore…', 'Hide…', 'Tag ignore…']) {
        await choose(page, 'Refine', entry);
        await answer(page, 'nothing_at_all');
      }
      await choose(page, 'Refine', 'Tag focus…');
      await answer(page, 'bench=Benchmark');
      await hasChips(page, 7);
      assert.match(page.url(), /[?&]f=.*[?&]s=.*[?&]sf=/);
      await choose(page, 'Config', 'Save as…');
      await answer(page, 'all on');
      await says(page, /^Saved as all on/);
      await choose(page, 'Refine', 'Reset');
      await hasChips(page, 0);
      await page.waitForFunction(
        (count) => document.querySelectorAll('.top-table tbody tr').length === count,
        before,
      );
      await choose(page, 'Config', 'all on');
      await hasChips(page, 7);
      await page.goBack();
      await hasChips(page, 0);
      await choose(page, 'Config', 'Delete all on');
      for (const entry of ['Profile, as filtered (pb.gz)', 'Stacks (folded)', 'Graph (SVG)']) {
        const coming = page.waitForEvent('download');
        await choose(page, 'Download', entry);
        const bytes = readFileSync(await (await coming).path());
        if (entry.startsWith('Profile')) assert.ok(decodeProfile(bytes, 'download').samples.count > 0);
        if (entry.startsWith('Stacks')) assert.match(bytes.toString(), /^Benchmark\S+;.* \d+$/m);
        if (entry.startsWith('Graph')) assert.match(bytes.toString(), /<svg /);
      }
    };
    await drive([data(file)], act, { env: { XDG_CONFIG_HOME: folder } });
  });
}

test('pages: a click zooms in, Back zooms out, the keyboard does all of it', inBrowser, async () => {
  await drive([data('web/cpu-2.pb.gz')], async (page, origin) => {
    await page.mouse.click(300, 148); // the box of handleHi
    await page.waitForURL(/[?&]z=\d+\.\d+$/);
    const zoomed = page.url();
    await page.goBack();
    await page.waitForURL(`${origin}/ui/flamegraph`);

    await page.locator('canvas').focus();
    await says(page, /^everything, .*\(100%\) in all/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await says(
      page,
      /^handleHi, 898\.97ms \(82\.92%\) in all, 309\.75ms \(28\.57%\) itself, .*step2\/demo\.ts, own code$/,
    );
    await page.keyboard.press('ArrowRight');
    await says(page, /^\(garbage collector\)/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(zoomed);
    await page.locator('canvas').focus();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.href !== zoomed);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('c'); // callers and callees
    await page.waitForURL(/[?&]p=/);
    await settled(page);
    assert.ok(await isDrawn(page));
    await page.locator('canvas').focus();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'Source', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ui\/source\?/);
    await page.keyboard.press('3'); // the third view
    await page.waitForURL(/\/ui\/top/);
    await page.locator('.top-table').waitFor();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.matches('[data-column=cum]') === true)) break;
    }
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('th[aria-sort=descending]').textContent(), 'Cum ▼');
    await page.locator('.top-table tbody tr:first-child', { hasText: 'BenchmarkHi' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('^Recorder\\.w');
    await page.waitForFunction(() => document.querySelectorAll('.top-table tbody tr').length === 1);
    await page.keyboard.press('Enter');
    await page.waitForURL(/[?&]f=/);
  });
});

test('pages: the graph takes a click as a focus, and moves', inBrowser, async () => {
  await drive([data('web/cpu-2.pb.gz')], async (page, origin) => {
    await page.goto(`${origin}/ui/graph`);
    const node = page.getByRole('button', { name: /^formValue\b/ });
    await node.waitFor();
    const place = (): Promise<string> =>
      page.locator('.graph-stage svg').evaluate((svg: SVGElement) => svg.style.transform);
    const before = await place();
    await page.mouse.move(600, 500);
    await page.mouse.down();
    await page.mouse.move(650, 520, { steps: 4 });
    await page.mouse.up();
    assert.notEqual(await place(), before);
    const width = async (): Promise<number> =>
      (await page.locator('.graph-stage svg').boundingBox())?.width ?? 0;
    const small = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok((await width()) > small);
    await page.getByRole('button', { name: 'Show all' }).click();
    await node.click();
    await page.waitForURL(/[?&]f=%5EformValue%24/);
    await settled(page);
    await page.locator('.chip', { hasText: '^formValue$' }).waitFor();
  });
});

test('pages: two profiles, one less the other', inBrowser, async () => {
  await drive([data('web/cpu-2.pb.gz'), data('web/cpu-3.pb.gz')], async (page) => {
    await page.getByLabel('less').selectOption({ index: 1 });
    await page.waitForURL(/[?&]base=0/);
    await page.getByText('more than before').waitFor();
    await settled(page);
    await page.locator('canvas').focus();
    await page.keyboard.press('ArrowDown');
    await says(page, /^BenchmarkHi, 1\.08s \(100%\) → .*, [+-][\d.]+%/);
  });
});

test('pages: runs side by side', inBrowser, async () => {
  await drive([data('stat/old.txt'), data('stat/new.txt')], async (page) => {
    assert.ok((await page.locator('.runs-table tbody').count()) > 3);
    assert.ok((await page.locator('.strip-line').count()) > 5);
    await page
      .getByText(/^-\d+\.\d+% better$/)
      .first()
      .waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });
});

test('pages: names that are markup are texts', inBrowser, async (t) => {
  const name = '<script>alert(1)</script><img src=x onerror=alert(2)>';
  const folder = tempFolder(t, {
    'evil.folded': `main;${name} 5\nmain;"></text><script>alert(3)</script> 3\n`,
  });
  const act = async (page: Page, origin: string): Promise<void> => {
    page.on('dialog', () => assert.fail('a name has been run'));
    for (const view of ['flamegraph', 'top', 'peek', 'source', 'tags', 'graph']) {
      await page.goto(`${origin}/ui/${view}`);
      await settled(page);
      if (view === 'top') assert.ok((await page.locator('.function-name').allTextContents()).includes(name));
      assert.equal(await page.locator('main img, main script').count(), 0, view);
    }
    await page.locator('svg .node').first().waitFor();
    await page.goto(`${origin}/ui/top`);
    await page.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Focus' }).click();
    await page.locator('.chip').waitFor();
  };
  await drive([`${folder}/evil.folded`], act);
});

test('pages: no serious finding of an accessibility check, in both themes', inBrowser, async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const act = async (page: Page, origin: string): Promise<void> => {
      assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), colorScheme);
      for (const view of [
        'flamegraph',
        'graph',
        'top',
        'peek',
        'source?p=handleHi',
        'tags',
        'flamegraph?p=handleHi&f=handle',
      ]) {
        await page.goto(`${origin}/ui/${view}`);
        await settled(page);
        assert.deepEqual(await seriousFindings(page), [], view);
      }
      await page.getByRole('button', { name: 'Refine' }).click();
      assert.deepEqual(await seriousFindings(page), [], 'menu');
      await page.getByText('Focus…', { exact: true }).click();
      assert.deepEqual(await seriousFindings(page), [], 'dialog');
    };
    await drive([data('web/cpu-2.pb.gz')], act, { colorScheme });
  }
});

test('pages: the switch changes the theme and is remembered', inBrowser, async () => {
  const act = async (page: Page): Promise<void> => {
    const theme = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset['theme']);
    await page.getByRole('button', { name: 'Dark or light' }).click();
    assert.equal(await theme(), 'dark');
    await page.reload();
    assert.equal(await theme(), 'dark');
    await page.getByRole('button', { name: 'Dark or light' }).click();
    assert.equal(await theme(), 'light');
  };
  await drive([data('web/cpu-2.pb.gz')], act);
});

test('page: a pattern that is none is told below the search box, and goes nowhere', inBrowser, async () => {
  await drive([data('web/cpu-2.pb.gz')], async (page) => {
    const box = page.getByRole('searchbox');
    const before = page.url();
    await box.fill('a(?=b)');
    await page.getByRole('alert').filter({ hasText: 'invalid or unsupported Perl syntax' }).waitFor();
    assert.equal(await box.getAttribute('aria-invalid'), 'true');
    await page.keyboard.press('Enter');
    assert.equal(page.url(), before);
    assert.equal(await box.inputValue(), 'a(?=b)');
    assert.deepEqual(await seriousFindings(page), []);
    await box.fill('(?i)MAIN');
    await says(page, /match/);
    assert.equal(await page.locator('#search-problem').isVisible(), false);
    assert.equal(await box.getAttribute('aria-invalid'), null);
  });
});

test(
  'page: the graph of hostile names is drawn, and kept as a picture that does nothing',
  inBrowser,
  async (t) => {
    const folder = tempFolder(t, { 'hostile.pb.gz': hostileProfile() });
    await drive([`${folder}/hostile.pb.gz`], async (page, origin) => {
      assert.equal((await fetch(`${origin}/favicon.ico`)).status, 204);
      await page.goto(`${origin}/ui/graph`);
      await page.locator('svg .node').first().waitFor();
      const saved = page.waitForEvent('download');
      await choose(page, 'Download', 'Graph (SVG)');
      const text = readFileSync(await (await saved).path(), 'utf8');
      assertInertSvg(text);
      const isBroken = await page.evaluate(
        (svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror') !== null,
        text,
      );
      assert.equal(isBroken, false);
    });
  },
);
