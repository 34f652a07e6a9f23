// A walk over a tree: leaves and forks have work of their own.
function tree(depth) {
  return depth === 0 ? { value: 1 } : { left: tree(depth - 1), right: tree(depth - 1), value: depth };
}

const root = tree(6); // 63 forks, 64 leaves

export function BenchmarkRecursion(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum += walk(root); //= walk
  }
  b.keep(sum);
}

function walk(node) {
  if (node.left === undefined) return atLeaf(node.value);
  return walk(node.left) + walk(node.right) + atFork(node.value);
}

function atLeaf(x) {
  for (let i = 0; i < 100; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

function atFork(x) {
  for (let i = 0; i < 300; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

export const parts = {
  walk: () => walk(root),
  atLeaf: () => times(64, atLeaf),
  atFork: () => times(63, atFork),
};
/** `walk` holds the other two. */
export const whole = ['walk'];

function times(count, work) {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += work(i);
  return sum;
}
