import type { EditStore } from '../source/transform/instrumented.js';
import type { RaceEdits } from '../source/transform/race/instrument-race.js';
import { allocate, header } from './layout.js';
import { atomics, stringify } from './native.js';
import { readText, writeText } from './text.js';

// Threads mostly run the same files, and to read one takes longer than all else that a thread does before it runs. What was
// put into a file is left in the shadow, as JSON, in a list that only grows.
//
//   +0 next     index of the entry before; 0 at the end of the list
//   +1 hash, +2 hash, +3 length of the name, the kind and the text of the file
//   +4 edits    index of the text

const entryWords = 5;

/** What is larger is read anew: it would take as much of the memory as it is worth. */
const maxLength = 2 ** 24;

/** What threads have put into files, for those that run the same files. */
export function sharedEdits(memory: Int32Array): EditStore {
  return {
    find: (file) => {
      const wanted = identityOf(file);
      for (let at = atomics.load(memory, header.edits); at !== 0; at = memory[at]!) {
        if (wanted.every((word, i) => memory[at + 1 + i] === word))
          return JSON.parse(readText(memory, memory[at + 4]!)) as RaceEdits; // written by `add`
      }
      return undefined;
    },
    add: (file, edits) => {
      const text = stringify(edits);
      if (text.length > maxLength) return;
      const edited = writeText(memory, text);
      const at = edited === 0 ? 0 : allocate(memory, entryWords);
      if (at === 0) return;
      memory.set([...identityOf(file), edited], at + 1);
      for (;;) {
        const before = atomics.load(memory, header.edits);
        memory[at] = before;
        if (atomics.compareExchange(memory, header.edits, before, at) === before) return;
      }
    },
  };
}

/** Two hashes and the length of all that decides what is put into a file. */
function identityOf({ code, name, kind }: Parameters<EditStore['find']>[0]): number[] {
  const text = `${kind}\n${name}\n${code}`;
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul((b << 5) ^ (b >>> 27) ^ unit, 0x85ebca6b);
  }
  return [a | 0, b | 0, text.length];
}
