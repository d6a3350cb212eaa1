/**
 * Shares the common code of two bundles: esbuild puts it into a module of its own, and this turns the three modules
 * into classic scripts, because a page from a folder may not load modules. The scripts then refer to each other by a
 * global name instead of a path.
 */

/** The global name of the shared script's exports. */
const SHARED = 'culpritShared';

/** `import{a as b,c}from"./shared.js";`, as esbuild writes it when it minifies. */
const IMPORT = /^import\{([\w$, ]+)\}from"[./]*shared\.js";/;
/** `export{b as a,c};`, the end of a module except for licence notices. */
const EXPORT = /export\{([\w$, ]+)\};\s*$/;

/** The module as a script that others use; run it before them. */
export function sharedScript(module: string): string {
  const [whole, names = ''] = EXPORT.exec(module) ?? [];
  if (whole === undefined) throw new Error('the shared bundle does not end with what it exports');
  return `var ${SHARED}=(()=>{"use strict";${module.slice(0, -whole.length)}return{${properties(names, 1, 0)}}})();\n`;
}

/** The module as a script that takes its imports from the shared one. */
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
