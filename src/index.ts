export { type ErrorCode, ProfError } from './error.js';
