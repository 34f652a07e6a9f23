// The builtins as they were before the hooks took their places. Everything in this folder uses these.
export { atomics } from '../threads/native-atomics.js';
