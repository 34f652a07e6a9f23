export type { B, PB } from './bench/b.js';
export { type ErrorCode, ProfError } from './error.js';
