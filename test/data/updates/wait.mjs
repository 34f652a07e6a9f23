/** Lets others run; gives the value after some turns of the event loop. */
export async function after(value, turns = 1) {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
  return value;
}
