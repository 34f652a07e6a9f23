import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const executablePath = process.env['CHROMIUM'] ?? places.find((path) => existsSync(path));

/** What tests of pages have beside their function: they need Chromium, and say so where there is none. */
export const inBrowser: { readonly skip: string | false; readonly timeout: number } = {
  skip: executablePath === undefined && 'no Chromium here: install it, or name it with the variable CHROMIUM',
  timeout: 400_000,
};

let started: Promise<Browser> | undefined;

/** One browser for all tests of a file. */
function browser(): Promise<Browser> {
  started ??= chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  return started;
}

after(async () => (await started)?.close());

/** A page, and all that it complained about. */
export interface Watched {
  readonly page: Page;
  /** Errors, what the policy has refused, and requests that went elsewhere. */
  readonly problems: string[];
  close(): Promise<void>;
}

/**
 * A page in a window of its own.
 *
 * @param origin - where it may ask; `file:` for a page that stands alone
 */
export async function openPage(origin: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await (await browser()).newContext({ viewport: { width: 1200, height: 700 }, ...options });
  context.setDefaultTimeout(90_000); // other tests run beside
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) problems.push(`asks ${url}`);
  });
  return { page, problems, close: () => context.close() };
}

/** Waits until the view has what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main:not([aria-busy])');
}
