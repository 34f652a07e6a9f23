/** A run: a line for each value of each benchmark, such as `{ 'Hi ns/op': [1, 2] }`. */
export function runOf(values: Readonly<Record<string, readonly number[]>>, head = ''): string {
  const lines = Object.entries(values).flatMap(([what, list]) => {
    const [name, unit] = what.split(' ');
    return list.map((value) => `Benchmark${name} 1 ${value} ${unit}`);
  });
  return `${head}${lines.join('\n')}\n`;
}

/** `n` values from `first` on, one apart. */
export function series(first: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => first + i);
}
