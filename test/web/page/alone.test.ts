import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { runProf } from '../../run-child.js';
import { tempFolder } from '../../temp-folder.js';
import { inBrowser, openPage, settled } from './browser.js';

const data = (name: string): string => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Writes a page that stands alone and opens it; it may ask for nothing. */
async function drive(
  t: TestContext,
  args: readonly string[],
  act: (page: Page, address: string) => Promise<void>,
): Promise<void> {
  const file = join(tempFolder(t), 'page.html');
  const { status, stdout, stderr } = await runProf(['web', `--html=${file}`, ...args], { cwd: root });
  assert.deepEqual([status, stdout, stderr], [0, '', `Generating report in ${file}\n`]);
  assert.ok(statSync(file).size < 2_000_000);
  const address = pathToFileURL(file).href;
  const { page, problems, close } = await openPage(address);
  await page.goto(address);
  await settled(page);
  await act(page, address);
  await close();
  assert.deepEqual(problems, []);
}

test('one file: every view, filters, source and graph', inBrowser, async (t) => {
  await drive(t, [data('web/cpu-2.pb.gz')], async (page, address) => {
    const show = async (view: string): Promise<void> => {
      await page.getByRole('navigation').getByText(view, { exact: true }).click();
      await settled(page);
    };
    await page.mouse.click(300, 148);
    await page.waitForURL(/#flamegraph\?z=\d+\.\d+$/);
    await page.goBack();
    await page.waitForURL(address);
    await show('Top');
    await page.locator('.top-table tbody tr', { hasText: 'escapePattern' }).waitFor();
    await page.getByRole('button', { name: 'Sample' }).click();
    await page.getByRole('menuitemradio', { name: 'samples (count)' }).click();
    await page.locator('.type', { hasText: 'samples' }).waitFor();
    await show('Graph');
    await page.locator('svg .node').first().waitFor();
    await show('Tags');
    await page.getByText('BenchmarkHi').first().waitFor();
    await page.goto(`${address}#source?p=handleHi&f=formValue`);
    await page.locator('.source-table .token-keyword').first().waitFor();
    await page.locator('.chip', { hasText: 'focus=formValue' }).waitFor();
    await show('Peek');
    await page.locator('.peek-table').first().waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByRole('menuitem', { name: 'Profile, as filtered (pb.gz)' }).click();
    const { status, stdout } = await runProf([
      'top',
      '--compact-labels',
      '--node-count=1',
      await (await coming).path(),
    ]);
    assert.equal(status, 0);
    assert.match(stdout, /BenchmarkHi|URLSearchParams|parseParams/);
  });
});

test('one file: several profiles, one less another', inBrowser, async (t) => {
  await drive(t, [data('web/cpu-2.pb.gz'), data('web/cpu-3.pb.gz')], async (page) => {
    await page.getByLabel('less').selectOption({ index: 1 });
    await page.getByText('more than before').waitFor();
  });
});

test('one file: runs', inBrowser, async (t) => {
  await drive(t, [data('stat/old.txt'), data('stat/new.txt')], async (page) => {
    await page.locator('.runs-table').first().waitFor();
  });
});

test('one file: names that are markup are texts', inBrowser, async (t) => {
  const name = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';
  const folder = tempFolder(t, { 'evil.folded': `main;${name} 5\n` });
  await drive(t, [join(folder, 'evil.folded')], async (page, address) => {
    page.on('dialog', () => assert.fail('a name has been run'));
    for (const view of ['top', 'peek', 'source', 'graph']) {
      await page.goto(`${address}#${view}`);
      await settled(page);
      assert.equal(await page.locator('main img, main script').count(), 0, view);
    }
  });
});
