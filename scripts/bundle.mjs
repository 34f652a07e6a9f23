// Part of `npm run build`: joins what is to start at once into files of their own. What the reports need goes into
// dist/cli/main.cjs, which the launcher runs. Node takes as long to find, read and link sixty small modules as to do the work of a small report.
//
// What is imported statically is in it, and what is loaded on demand where it belongs to reports. All other
// commands, other formats and what needs a package stay modules of their own in dist/.
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const commands = [
  ...[
    'callgrind',
    'comments',
    'dot',
    'flame',
    'folded',
    'list',
    'peek',
    'proto',
    'raw',
    'svg',
    'tags',
    'top',
  ],
  ...['topproto', 'traces', 'tree', 'weblist'],
].map((name) => resolve(dist, `cli/${name}.js`));
const folders = ['profile/', 'report/'].map((name) => resolve(dist, name));

const isJoined = (path) => commands.includes(path) || folders.includes(dirname(path));

/** A file as a module in a folder names it. */
function fromFolder(folder, file) {
  const path = relative(folder, file).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** Leaves modules that are loaded on demand where they are, named as seen from the bundle. */
const onDemand = {
  name: 'on-demand',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      if (kind !== 'dynamic-import' || isJoined(file)) return undefined;
      return { path: fromFolder(resolve(dist, 'cli'), file), external: true };
    });
  },
};

/** What is said of all bundles of our own modules. */
const bundled = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Modules of this kind start at once; and what they import, Node's own modules too, is loaded when it is used.
  format: 'cjs',
  packages: 'external',
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'importMetaUrl' },
  logLevel: 'warning',
};

await build({
  ...bundled,
  entryPoints: [resolve(dist, 'cli/main.js')],
  outfile: resolve(dist, 'cli/main.cjs'),
  plugins: [onDemand],
});

// What each thread of a program requires first, which is to start soon after all. A thread that is watched for races would
// take a tenth of a second to load its eighty modules.
const preloads = ['race/preload.js', 'race/updates/preload.js'];

/** Gives modules the URL that they would have alone. */
const asPreload = (outfile) => ({
  name: 'preload',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const url = `new URL(${JSON.stringify(fromFolder(dirname(outfile), path))}, importMetaUrl).href`;
      return { contents: text.replaceAll('import.meta.url', url) };
    });
  },
});

const acornLicense = await readFile(new URL('../node_modules/acorn/LICENSE', import.meta.url), 'utf8');
for (const path of preloads) {
  const outfile = resolve(dist, path.replace(/\.js$/, '.cjs'));
  await build({
    ...bundled,
    entryPoints: [resolve(dist, path)],
    outfile,
    plugins: [asPreload(outfile)],
    // The parser is half of what is to be read.
    packages: 'bundle',
    external: ['@jridgewell/*', '@swc/*'],
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: `/* With acorn:\n\n${acornLicense}*/\n${bundled.banner.js}` },
  });
}

// The pages of `prof web`: what the browser loads, and what is written into a page that stands alone.
const page = (name) => fileURLToPath(new URL(`../src/web/page/${name}`, import.meta.url));
await build({
  entryPoints: [
    page('main.ts'),
    page('alone.ts'),
    page('alone-engine.ts'),
    page('graphviz-worker.ts'),
    page('page.css'),
  ],
  entryNames: '[name]',
  outdir: resolve(dist, 'web/assets'),
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  alias: { 'node:path': page('shims/path.ts'), 'node:zlib': page('shims/zlib.ts') },
  inject: [page('shims/buffer.ts')],
  tsconfig: page('tsconfig.json'),
  logLevel: 'warning',
});
