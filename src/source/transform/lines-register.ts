// Loaded by `--require` in each thread of a process whose code is to say on which line it is.
import { installMarkedLines } from './marked-lines.js';

installMarkedLines('own');
