import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framePackage } from '../../src/report/frame-package.js';

test('framePackage: whose code a frame is', () => {
  const check = (name: string, file: string, want: string): void => {
    const { kind, name: shown } = framePackage(name, file);
    assert.equal(`${kind} ${shown}`, want, `${name} ${file}`);
  };
  check('handleHi', '/app/src/demo.ts', 'own own code');
  check('handleHi', 'C:\\app\\demo.ts', 'own own code');
  check('parse', '/app/node_modules/qs/lib/parse.js', 'npm qs');
  check('parse', 'node_modules/qs/lib/parse.js', 'npm qs'); // a relative path
  check('parse', '/app/node_modules/@scope/qs/index.js', 'npm @scope/qs');
  check('parse', 'C:\\app\\node_modules\\@scope\\qs\\index.js', 'npm @scope/qs');
  check('parse', '/app/node_modules/a/node_modules/b/index.js', 'npm b'); // the innermost counts
  check('parse', '/app/node_modules/.pnpm/qs@6.0.0/node_modules/qs/index.js', 'npm qs');
  check('parse', '/app/my_node_modules/x.js', 'own own code');
  check('push', 'node:internal/fixed_queue', 'node node:');
  check('readFileSync', 'node:fs', 'node node:');
  check('(garbage collector)', '', 'gc garbage collector');
  check('(program)', '', 'native native');
  check('stringify', '', 'native native');
  check('wasm-function[3]', 'wasm://wasm/0a1b', 'native native');
  check('runtime.mallocgc', '/usr/local/go/src/runtime/malloc.go', 'go runtime');
  check('net/http.(*conn).serve', '/usr/local/go/src/net/http/server.go', 'go net/http');
  check('net/http.(*conn).serve', '', 'go net/http');
  check('github.com/a/b.v2.Map[go.shape.int].Get', '/go/pkg/b/map.go', 'go github.com/a/b');
  check('main.main', '/home/me/main.go', 'own own code');
});
