import { placeOfHelper } from './call-helpers.js';
import { callLinesOf } from './call-lines.js';

/**
 * Leaves frames that `installCallLines` has put in out of the text of `error.stack`, and tells columns of the files
 * as they are. A program that sets `Error.prepareStackTrace` itself sees them.
 */
export function hideHelpersInStacks(): void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    const own = sites.filter((site) => placeOfHelper(site.getFunctionName() ?? '') === undefined).map(inFile);
    // Node 20 has one of its own, later versions have not.
    return before === undefined ? [headOf(error), ...own].join('\n    at ') : before(error, own);
  };
}

/** As `Error.prototype.toString` says it; an error may throw at that. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

/** A place of a stack as it is in its file. */
function inFile(site: NodeJS.CallSite): NodeJS.CallSite {
  const [line, instrumented] = [site.getLineNumber(), site.getColumnNumber()];
  const places = callLinesOf(site.getFileName() ?? '')?.places;
  if (places === undefined || line === null || instrumented === null) return site;
  const { column } = places.original({ line, column: instrumented });
  if (column === instrumented) return site;
  const changed: Readonly<Record<PropertyKey, () => unknown>> = {
    getColumnNumber: () => column,
    toString: () => String(site).replace(/:\d+:\d+(?=\)?$)/, `:${line}:${column}`),
  };
  return new Proxy(site, {
    get: (_, key) => {
      const value: unknown = Reflect.get(site, key);
      // They ask for a receiver of their own kind.
      return changed[key] ?? (typeof value === 'function' ? value.bind(site) : value);
    },
  });
}
