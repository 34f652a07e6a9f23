import type { Expression } from 'acorn';
import { Scope } from './scope.js';
import type { Walk } from './walk.js';

/**
 * An expression where no variable can be declared: the default value of a parameter, the value of a field. What needs
 * temporaries becomes the body of an arrow function, which has them as parameters.
 *
 *   (x = a[f()]) => …   (x = (($0)=>(a[$0=(f()),…,$0]))()) => …
 */
export function visitWrapped(walk: Walk, node: Expression): void {
  // What `eval` declares belongs to the parameters.
  if (/\beval\b/.test(walk.text(node))) {
    walk.visit(node);
    return;
  }
  walk.inScope(new Scope('wrapped'), () => {
    const mark = walk.insertions.length;
    walk.visit(node);
    const { names } = walk.scope;
    if (names.length === 0) return;
    walk.insertions.splice(mark, 0, { offset: node.start, text: `((${names})=>(` });
    walk.insert(node.end, '))()');
  });
}
