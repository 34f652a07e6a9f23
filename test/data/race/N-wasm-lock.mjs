import { run } from './roles.mjs';
// A lock that only WebAssembly knows: (loop (br_if 0 (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))),
// and (i32.atomic.store (i32.const 0) (i32.const 0)).
const code = Buffer.from(
  '0061736d0100000001040160000002' + '0e01016d066d656d6f72790203010103030200000711' +
    '02046c6f636b000006756e6c6f636b0001' + '0a1e0211000340410041004101fe4802000d000b0b0a0041004100fe1702000b',
  'hex',
);
async function add(memory) {
  const { instance } = await WebAssembly.instantiate(code, { m: { memory } });
  const cells = new Int32Array(memory.buffer);
  for (let i = 0; i < 100; i++) {
    instance.exports.lock();
    cells[1]++;
    instance.exports.unlock();
  }
}
await run(import.meta.url, {
  init: () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
  a: add,
  b: add,
  done: (memory) => {
    const count = new Int32Array(memory.buffer)[1];
    if (count !== 200) throw new Error(`${count}`);
  },
});
