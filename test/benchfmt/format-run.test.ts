import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRunEnd, formatRunHeader, goarchOf, goosOf } from '../../src/benchfmt/format-run.js';

const config = { goos: 'linux', goarch: 'amd64', pkg: 'app', cpu: 'Some  CPU @ 2.00GHz\n', node: 'v20.19.0' };

test('formatRunHeader: one order of keys, one line each', () => {
  assert.equal(
    formatRunHeader(config),
    'goos: linux\ngoarch: amd64\npkg: app\ncpu: Some CPU @ 2.00GHz\nnode: v20.19.0\n',
  );
  assert.equal(
    formatRunHeader({ ...config, pkg: '', cpu: ' ' }),
    'goos: linux\ngoarch: amd64\nnode: v20.19.0\n',
  );
});

test('formatRunEnd: as go test', () => {
  assert.equal(
    formatRunEnd({ name: 'step3', seconds: 1.6944, failed: false }),
    'PASS\nok  \tstep3\t1.694s\n',
  );
  assert.equal(formatRunEnd({ name: 'step3', seconds: 0.5, failed: true }), 'FAIL\nFAIL\tstep3\t0.500s\n');
});

test("goosOf, goarchOf: Go's words", () => {
  assert.deepEqual(['linux', 'darwin', 'win32'].map(goosOf), ['linux', 'darwin', 'windows']);
  assert.equal(goarchOf('x64', 'linux'), 'amd64');
  assert.equal(goarchOf('arm64', 'darwin'), 'arm64');
  assert.equal(goarchOf('ia32', 'win32'), '386');
  assert.equal(goarchOf('ppc64', 'linux'), 'ppc64le');
  assert.equal(goarchOf('ppc64', 'aix'), 'ppc64');
});
