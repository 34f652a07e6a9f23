// Part of `npm run build`: joins what the reports need into one file, dist/cli/main.cjs, which the launcher
// runs. Node takes as long to find, read and link sixty small modules as to do the work of a small report.
//
// What is imported statically is in it, and what is loaded on demand where it belongs to reports. All other
// commands, other formats and what needs a package stay modules of their own in dist/.
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const commands = [
  ...['callgrind', 'comments', 'dot', 'flame', 'folded', 'list', 'peek', 'proto', 'raw', 'svg', 'tags', 'top'],
  ...['topproto', 'traces', 'tree', 'weblist'],
].map((name) => resolve(dist, `cli/${name}.js`));
const folders = ['profile/', 'report/'].map((name) => resolve(dist, name));

const isJoined = (path) => commands.includes(path) || folders.includes(dirname(path));

/** Leaves modules that are loaded on demand where they are, named as seen from the bundle. */
const onDemand = {
  name: 'on-demand',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      if (kind !== 'dynamic-import' || isJoined(file)) return undefined;
      const fromCli = relative(resolve(dist, 'cli'), file);
      return { path: fromCli.startsWith('.') ? fromCli : `./${fromCli}`, external: true };
    });
  },
};

await build({
  entryPoints: [resolve(dist, 'cli/main.js')],
  outfile: resolve(dist, 'cli/main.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Modules of this kind start at once; and what they import, Node's own modules too, is loaded when it is used.
  format: 'cjs',
  packages: 'external',
  plugins: [onDemand],
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'importMetaUrl' },
  logLevel: 'warning',
});

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
