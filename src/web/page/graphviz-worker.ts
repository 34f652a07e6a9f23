import { Graphviz } from '@hpcc-js/wasm-graphviz';

/** Lays out one graph: takes its text, answers with a picture or with what is wrong. */
self.addEventListener('message', async ({ data }: MessageEvent<string>) => {
  try {
    const graphviz = await Graphviz.load();
    self.postMessage({ svg: graphviz.layout(data, 'svg', 'dot') });
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
});
