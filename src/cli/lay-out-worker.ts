// A thread that lays a graph out: graphviz may abort, or take for ever, and takes only its thread with it.
import { parentPort, workerData } from 'node:worker_threads';
import { Graphviz } from '@hpcc-js/wasm-graphviz';

const graphviz = await Graphviz.load();
parentPort?.postMessage(graphviz.layout(String(workerData), 'svg', 'dot'));
