// Much that is short-lived, and some that lives on for a while.
const kept = new Array(2000).fill(undefined);
let next = 0;

export function BenchmarkGarbage(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum += points(100); //= points
    sum += join(60); //= join
    sum += keep(30); //= keep
  }
  b.keep(sum);
}

function points(count) {
  const list = [];
  for (let i = 0; i < count; i++) list.push({ x: i, y: i + 1, z: [i] });
  return list.length;
}

function join(count) {
  let text = '';
  for (let i = 0; i < count; i++) text += `<li>${i}</li>`;
  return text.charCodeAt(count);
}

function keep(count) {
  for (let i = 0; i < count; i++) kept[next++ % kept.length] = new Map([[i, { i }]]);
  return next;
}

export const parts = { points: () => points(100), join: () => join(60), keep: () => keep(30) };
