import type { AnyNode, Identifier, MemberExpression } from 'acorn';
import { isAnonymousDefinition } from '../race/shapes.js';
import type { Walk } from '../race/walk.js';
import type { Plan } from './plan.js';

/** The global object that hooks are methods of; see `installUpdateHooks`. Also stands for a value that is not known. */
export const hooks = '$profu';

/** What hooks of a walk are written with. */
export class HookText {
  readonly walk: Walk;
  readonly plan: Plan;

  constructor(walk: Walk, plan: Plan) {
    this.walk = walk;
    this.plan = plan;
  }

  /** A call of a hook for a read that is of the plan. */
  read(node: AnyNode, what: string): string {
    const id = this.plan.reads.get(node) ?? 0;
    this.walk.sites.add(node, { offset: node.end, view: undefined, key: undefined }, id);
    return `${hooks}.read${what},${id},${this.#activation()})`;
  }

  /** A call of a hook for a write. */
  write(node: AnyNode, what: string): string {
    const id = this.walk.sites.add(node, { offset: node.end, view: undefined, key: undefined });
    return `${hooks}.write${what},${id},${this.#activation()}${this.#dependence(node)})`;
  }

  /** What tells a method of a collection where it is called from, and on what. */
  next(node: AnyNode): string {
    const id = this.plan.reads.get(node);
    const site = this.walk.sites.add(node, { offset: node.end, view: undefined, key: undefined }, id);
    return `${hooks}.next(${site},${this.#activation()}${this.#dependence(node)})`;
  }

  /** What keeps the state of a variable; undefined for those that are not watched. */
  variable(node: Identifier): string | undefined {
    const variable = this.plan.find(node);
    return variable && this.plan.variables.get(variable);
  }

  /** The activation whose code this is; 0 where that is known only when it runs. */
  #activation(): string {
    return this.walk.scope.context === undefined ? '0' : '$profa';
  }

  #dependence(node: AnyNode): string {
    const { data = [], control = [] } = this.plan.writes.get(node) ?? {};
    const ids = (reads: readonly AnyNode[]): string =>
      `[${reads.map((read) => this.plan.reads.get(read) ?? 0)}]`;
    return data.length + control.length === 0 ? '' : `,${ids(data)},${ids(control)}`;
  }
}

/** An object and a key that hooks can have again; undefined where the code has no room for that. */
export interface KeptPlace {
  /** The object, in code. */
  readonly object: string;
  readonly key: string;
}

/**
 * Visits `o.p` or `o[k]`, and keeps object and key in temporaries.
 *
 * @param note - gives what is to be evaluated when both are known; empty for nothing
 */
export function keepPlace(
  walk: Walk,
  node: MemberExpression,
  note: (place: KeptPlace) => string = () => '',
): KeptPlace | undefined {
  const { object, property, computed } = node;
  if (isAnonymousDefinition(object) || isAnonymousDefinition(property)) return undefined;
  const isThis = object.type === 'ThisExpression';
  const kept = isThis ? 'this' : walk.scope.take();
  const key = computed
    ? property.type === 'Literal'
      ? property.raw
      : walk.scope.take()
    : nameText(property);
  if (kept === undefined || key === undefined) return undefined;
  const place = { object: kept, key };
  const noted = note(place);
  const early = computed || noted === '' ? '' : noted;
  if (!isThis) walk.wrap(object, `(${kept}=`, early === '' ? ')' : `,${early},${kept})`);
  else if (early !== '') walk.wrap(object, `(${early},`, ')');
  if (!computed) return place;
  const late = noted === '' ? '' : `,${noted}`;
  if (property.type === 'Literal') {
    if (late !== '') walk.insert(property.end, `${late},${key}`);
  } else walk.wrap(property, `${key}=(`, `)${late === '' ? '' : `${late},${key}`}`);
  return place;
}

function nameText(property: AnyNode): string | undefined {
  if (property.type === 'PrivateIdentifier') return JSON.stringify(`#${property.name}`);
  return property.type === 'Identifier' ? JSON.stringify(property.name) : undefined;
}
