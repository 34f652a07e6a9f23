// The same allocations from run to run: of 20 runs of each step the value that is furthest from their median.
import { runProf } from './programs.mjs';

export const title = 'Allocations from run to run';
export const limit = 0;

const steps = ['step2', 'step3', 'step4', 'step5', 'step6'];

/** Rows of the steps whose name matches, objects and bytes of each. */
export function run({ node, match }) {
  return steps.filter((step) => match.test(step)).flatMap((step) => rowsOf(node, step));
}

function rowsOf(node, step) {
  const words = ['bench', step, '--count=20', '--benchtime=20ms', '--no-cpuprofile', '--no-memprofile'];
  const { results } = runProf(node, [...words, '--no-save']).variants[0];
  const row = (unit, values) => {
    const truth = values.toSorted((a, b) => a - b)[values.length >> 1];
    const furthest = values.reduce((a, b) => (Math.abs(b - truth) > Math.abs(a - truth) ? b : a));
    return { program: `${step}, 20 runs`, unit, truth, readings: { prof: furthest } };
  };
  return [
    row(
      'objects',
      results.map(({ allocsPerOp }) => allocsPerOp),
    ),
    row(
      'B',
      results.map(({ bytesPerOp }) => bytesPerOp),
    ),
  ];
}
