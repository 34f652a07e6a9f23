import { replace } from '../../threads/patch.js';
import type { UpdateHooks } from './hooks.js';
import { absent, type Location, present, unknownValue } from './location.js';
import type { UpdateWatch } from './update-watch.js';

const { apply } = Reflect;

/** What Maps and Sets do, as it is before the hooks take its place. */
const has: Readonly<Record<string, (this: unknown, key: unknown) => boolean>> = {
  Map: Map.prototype.has,
  Set: Set.prototype.has,
  WeakMap: WeakMap.prototype.has as (key: unknown) => boolean, // what cannot be a key is never in it
  WeakSet: WeakSet.prototype.has as (value: unknown) => boolean,
};

/** Makes Maps and Sets tell of the entries that are read and written. */
export function hookCollections(hooks: UpdateHooks, watch: UpdateWatch): void {
  for (const { name, prototype } of [Map, Set, WeakMap, WeakSet]) {
    const tools = { prototype, hooks, watch, hasKey: has[name] };
    for (const method of ['get', 'has']) hookRead(tools, method);
    hookWrite(tools, 'set', ([, value]) => value);
    hookWrite(tools, 'add', () => present);
    hookWrite(tools, 'delete', () => absent);
    hookClear(tools);
  }
}

interface Tools {
  readonly prototype: object;
  readonly hooks: UpdateHooks;
  readonly watch: UpdateWatch;
  readonly hasKey: ((this: unknown, key: unknown) => boolean) | undefined;
}

function hookRead({ prototype, hooks, watch }: Tools, name: string): void {
  replace(
    prototype,
    name,
    (original) =>
      function method(this: unknown, ...args: readonly unknown[]): unknown {
        const code = hooks.takeNext();
        const result = apply(original, this, args);
        if (code.site === 0) return result;
        const location = watch.locations.getOrMake(this as object, args[0], entryName(args[0])); // the original has not thrown
        watch.read(location, name === 'get' ? result : unknownValue, code);
        return result;
      },
  );
}

function hookWrite(
  { prototype, hooks, watch, hasKey }: Tools,
  name: string,
  newValue: (args: readonly unknown[]) => unknown,
): void {
  replace(
    prototype,
    name,
    (original) =>
      function method(this: unknown, ...args: readonly unknown[]): unknown {
        const code = hooks.takeNext();
        const location = watch.locations.get(this as object, args[0]); // undefined for what is no object
        const wasThere = location !== undefined && hasKey !== undefined && apply(hasKey, this, [args[0]]);
        const result = apply(original, this, args);
        // Adding what is there changes nothing, nor does deleting what is not.
        const isChange = name === 'set' || wasThere === (name === 'delete');
        if (location !== undefined && isChange) watch.write(location, newValue(args), code);
        return result;
      },
  );
}

function hookClear({ prototype, hooks, watch }: Tools): void {
  replace(
    prototype,
    'clear',
    (original) =>
      function clear(this: unknown): unknown {
        const code = hooks.takeNext();
        const locations: Location[] = [...watch.locations.of(this as object)]; // undefined for what is no object
        const result = apply(original, this, []);
        for (const location of locations) if (location.value !== absent) watch.write(location, absent, code);
        return result;
      },
  );
}

function entryName(key: unknown): string {
  const isText = typeof key === 'string' || typeof key === 'number';
  return `entry [${isText ? JSON.stringify(key) : typeof key}]`;
}
