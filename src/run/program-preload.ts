// Loaded by `--require` before everything else in each thread of a program under `prof run`.
import { recordThread } from './program-thread.js';

recordThread();
