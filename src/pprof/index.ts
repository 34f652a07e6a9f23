import { makePprofHandler, type PprofHandler } from './handler.js';

export { makePprofHandler, type PprofHandler, type PprofOptions } from './handler.js';

/**
 * The handler for `/debug/pprof/` with its standard options. This thread's memory is sampled from the
 * moment on that this module is imported, one allocation in 512 KiB.
 */
export const handler: PprofHandler = makePprofHandler();
