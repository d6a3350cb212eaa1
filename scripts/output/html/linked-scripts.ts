/**
 * What two bundles have in common, once: esbuild puts it into a module of its own, and this makes classic scripts of the
 * three, because a page from a folder may not load modules. They then find each other by a name instead of a path.
 */

/** The name that the shared script gives to what it holds. */
const SHARED = 'culpritShared';

/** `import{a as b,c}from"./shared.js";`, as esbuild writes it when it minifies. */
const IMPORT = /^import\{([\w$, ]+)\}from"[./]*shared\.js";/;
/** `export{b as a,c};`, which ends a module but for the notices of licences. */
const EXPORT = /export\{([\w$, ]+)\};\s*$/;

/** The module as a script that others are linked to; run before them. */
export function sharedScript(module: string): string {
  const [whole, names = ''] = EXPORT.exec(module) ?? [];
  if (whole === undefined) throw new Error('the shared bundle does not end with what it exports');
  return `var ${SHARED}=(()=>{"use strict";${module.slice(0, -whole.length)}return{${properties(names, 1, 0)}}})();\n`;
}

/** The module as a script that takes what it imports from the shared one. */
export function linkedScript(module: string): string {
  const [whole, names = ''] = IMPORT.exec(module) ?? [];
  if (whole === undefined || module.includes('shared.js"', whole.length)) {
    throw new Error('a bundle does not begin with all that it imports');
  }
  return `(()=>{"use strict";const{${properties(names, 0, 1)}}=${SHARED};${module.slice(whole.length)}})();\n`;
}

/** `a as b, c` as an object's properties, here `{a:b,c}`. */
function properties(names: string, key: 0 | 1, value: 0 | 1): string {
  return names
    .split(',')
    .map((name) => {
      const parts = name.trim().split(' as ');
      const [of, to] = [parts[key] ?? parts[0], parts[value] ?? parts[0]];
      return of === to ? of : `${String(of)}:${String(to)}`;
    })
    .join(',');
}
