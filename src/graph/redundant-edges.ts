import type { Edge, Graph, Node } from './graph.js';
import { sortEdges } from './order.js';

/**
 * Takes residual edges out of a graph whose ends are connected by another path as well: they only
 * clutter a picture. An edge that weighs more than some edge that is not residual stays.
 */
export function removeRedundantEdges(graph: Graph): void {
  for (const node of [...graph.nodes].reverse()) {
    for (const edge of sortEdges(node.in.values()).reverse()) {
      if (!edge.residual) break;
      if (!isRedundant(edge)) continue;
      edge.src.out.delete(edge.dest);
      edge.dest.in.delete(edge.src);
    }
  }
}

/** Whether another path leads from the edge's start to its end. */
function isRedundant(edge: Edge): boolean {
  const seen = new Set<Node>([edge.dest]);
  const queue: Node[] = [edge.dest];
  for (const node of queue) {
    for (const before of node.in.values()) {
      if (before === edge || seen.has(before.src)) continue;
      if (before.src === edge.src) return true;
      seen.add(before.src);
      queue.push(before.src);
    }
  }
  return false;
}
