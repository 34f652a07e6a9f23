import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonScale, unitClass } from '../../src/unit/metric-scale.js';

test('unitClass: binary only for bytes above the line', () => {
  const check = (unit: string, want: string): void => assert.equal(unitClass(unit), want, unit);
  check('sec/op', 'decimal');
  check('B/op', 'binary');
  check('B/s', 'binary');
  check('disk-MB/s', 'binary');
  check('text-bytes', 'binary');
  check('sec/B', 'decimal');
  check('sec/x*B', 'binary'); // behind a * stands what is above the line
  check('kB/op', 'decimal');
});

test('MetricScale: four significant digits of the value nearest to 0', () => {
  const check = (values: readonly number[], unit: string, want: string): void => {
    const scale = commonScale(values, unitClass(unit));
    assert.equal(values.map((value) => scale.format(value)).join(' '), want);
  };
  check([1.718e-6], 'sec/op', '1.718µ');
  check([1.718e-6, 1.073e-3], 'sec/op', '1.718µ 1073.000µ');
  check([9.9995e-6], 'sec/op', '10.00µ'); // thresholds are those of rounding
  check([9.9994e-6], 'sec/op', '9.999µ');
  check([99.995], 'x', '100.0');
  check([0.99995], 'x', '1.000');
  check([0.99994], 'x', '999.9m');
  check([1.5e15], 'x', '1500.0T');
  check([1.5e-9, 0], 'sec/op', '1.500n 0.000n');
  check([2.5e-12], 'sec/op', '0.002500n');
  check([1e-30], 'sec/op', '0.0000000000n');
  check([0], 'sec/op', '0.000');
  check([1.0005e-6, 1.0005e-6, 1.0015e-6], 'sec/op', '1.000µ 1.000µ 1.002µ'); // a tie by its digits is none in binary
  check([2.0625, 2.0625], 'x', '2.062 2.062'); // and one that is goes to the even digit
  check([100.25, 100.75], 'x', '100.2 100.8');
  check([-4961], 'B/op', '-4.845Ki');
  check([1020 * 1024], 'B/op', '1020.0Ki'); // more digits than 0.996Mi
  check([2 ** 40], 'B/op', '1.000Ti');
  check([0.25], 'B/op', '0.2500');
  check([Number.POSITIVE_INFINITY], 'ns/op', '+InfT');
});
