// Loaded by `--require` in each thread of a process whose awaits are watched.
import { installTimedAwaits } from './timed-awaits.js';

installTimedAwaits();
