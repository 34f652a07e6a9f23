type Column = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** The same column with room for `length` values at least; twice as long where it has to be another. */
export function grown<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const size = Math.max(length, 2 * column.length);
  const larger = new (column.constructor as new (size: number) => T)(size); // of its own class
  larger.set(column);
  return larger;
}
