// The other module of modules.mjs.
export function total(numbers, start) {
  let sum = start;
  for (let i = 0; i < numbers.length; i++) sum = weigh(sum ^ numbers[i]);
  return sum;
}

function weigh(number) {
  return ((number & 1023) * 7) % 13;
}

export function checksum(numbers, start) {
  let sum = start;
  for (let i = 0; i < numbers.length; i++) sum = rotate(sum ^ numbers[i]);
  return sum;
}

function rotate(x) {
  return (x << 5) | (x >>> 27);
}

export function reverse(numbers, start) {
  let x = start;
  for (let i = numbers.length - 1; i >= 0; i -= 2) x = (Math.imul(x, 31) + numbers[i]) | 0;
  return x;
}
