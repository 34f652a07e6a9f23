// Loaded by `--require` in each thread of a process where code of packages, too, is to say on which line it is.
import { installMarkedLines } from './marked-lines.js';

installMarkedLines('all');
