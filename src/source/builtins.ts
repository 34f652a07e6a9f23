/** Functions of the language, which V8's profilers show as a part of what calls them. */
const functions: Readonly<Record<string, unknown>> = {
  Array,
  ArrayBuffer,
  BigInt,
  BigInt64Array,
  BigUint64Array,
  Boolean,
  DataView,
  Date,
  Error,
  EvalError,
  Float32Array,
  Float64Array,
  FinalizationRegistry,
  Function,
  Int16Array,
  Int32Array,
  Int8Array,
  Map,
  Number,
  Object,
  Promise,
  Proxy,
  RangeError,
  ReferenceError,
  RegExp,
  Set,
  SharedArrayBuffer,
  String,
  Symbol,
  SyntaxError,
  TypeError,
  URIError,
  Uint16Array,
  Uint32Array,
  Uint8Array,
  Uint8ClampedArray,
  WeakMap,
  WeakRef,
  WeakSet,
  decodeURI,
  decodeURIComponent,
  encodeURI,
  encodeURIComponent,
  isFinite,
  isNaN,
  parseFloat,
  parseInt,
};

const namespaces = new Set([...Object.keys(functions), 'Atomics', 'Intl', 'JSON', 'Math', 'Reflect']);

const methods = new Set([
  ...Object.values(functions).flatMap((each) =>
    isPrototyped(each) ? Object.getOwnPropertyNames(each.prototype) : [],
  ),
  ...Object.getOwnPropertyNames(Object.getPrototypeOf(Uint8Array.prototype)),
  ...Object.getOwnPropertyNames(Object.getPrototypeOf(Object.getPrototypeOf([].values()))),
  'next',
]);
methods.delete('constructor');

/** Whether a function of the language has this name. */
export function isBuiltinFunction(name: string): boolean {
  return Object.hasOwn(functions, name);
}

/** Whether the functions of an object of this name are the language's: `Math`, `JSON`, `Array`. */
export function isBuiltinNamespace(name: string): boolean {
  return namespaces.has(name);
}

/** Whether values of the language have a method of this name; a program's own may have it as well. */
export function isBuiltinMethod(name: string): boolean {
  return methods.has(name);
}

function isPrototyped(value: unknown): value is { readonly prototype: object } {
  return typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null;
}
