export type { B, BenchmarkFunction, ParallelBody, PB } from './bench/b.js';
export { type ErrorCode, ProfError } from './error.js';
