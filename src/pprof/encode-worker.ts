// A thread that makes a profile of records: it reads and parses the sources of the program, which would hold up
// the program's own thread.
import { parentPort, workerData } from 'node:worker_threads';
import { encodeProfileGzip } from '../profile/encode.js';
import { type EncodeJob, profileOfJob } from './encode.js';

parentPort?.postMessage(encodeProfileGzip(profileOfJob(workerData as EncodeJob))); // given by `encode`
