/** Finds a text that every match contains, so that most values need no test. */
import type { RegexTree } from './syntax.js';

/** The longest such text, in lower case; '' if there is none. */
export function literalOfTree(tree: RegexTree): string {
  let longest = '';
  let run = '';
  const end = (found = ''): void => {
    for (const text of [run, found]) if (text.length > longest.length) longest = text;
    run = '';
  };
  const visit = (of: RegexTree): void => {
    switch (of.kind) {
      case 'set': {
        const [only, more] = of.set.ranges;
        if (only && !more && !of.set.negated && only[0] === only[1]) run += String.fromCharCode(only[0]).toLowerCase();
        else end();
        break;
      }
      case 'sequence':
        of.of.forEach(visit);
        break;
      case 'repeat':
        end(of.min > 0 ? literalOfTree(of.of) : '');
        break;
      case 'alternatives':
        end();
        break;
      case 'assertion':
    }
  };
  visit(tree);
  end();
  return longest;
}
