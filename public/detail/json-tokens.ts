/**
 * JSON text as tokens with the lines they stand on when it is spread out. The text is never parsed into values: numbers
 * stay as the log wrote them, whatever their size, and any depth of nesting is only a number here.
 */

type TokenKind = 'key' | 'string' | 'number' | 'literal' | 'punctuation';

interface JsonToken {
  readonly kind: TokenKind;
  readonly text: string;
}

export interface JsonLine {
  /** How deep the line is indented, in steps. */
  readonly depth: number;
  readonly tokens: readonly JsonToken[];
}

/** A token at the start of the rest, white space before it left out; text that is no JSON comes as literals. */
const TOKEN = /\s*("(?:[^"\\]|\\.)*"?|[{}[\],:]|-?\d[\d.eE+-]*|[^\s"{}[\],:]+)/y;

/** The text's tokens as indented lines; empty objects and arrays stay on their line. */
export function jsonLines(json: string): JsonLine[] {
  const lines: JsonLine[] = [];
  let tokens: JsonToken[] = [];
  let depth = 0;
  const endLine = (): void => {
    if (tokens.length > 0) lines.push({ depth: lineDepth, tokens });
    tokens = [];
    lineDepth = depth;
  };
  let lineDepth = 0;
  const parts = tokenTexts(json);
  parts.forEach((part, i) => {
    if (part === '}' || part === ']') {
      depth = Math.max(0, depth - 1);
      const opener = parts[i - 1];
      if (opener !== '{' && opener !== '[') endLine();
      tokens.push({ kind: 'punctuation', text: part });
    } else if (part === '{' || part === '[') {
      tokens.push({ kind: 'punctuation', text: part });
      depth++;
      const next = parts[i + 1];
      if (next !== '}' && next !== ']') endLine();
    } else if (part === ',') {
      tokens.push({ kind: 'punctuation', text: ',' });
      endLine();
    } else if (part === ':') {
      tokens.push({ kind: 'punctuation', text: ': ' });
    } else {
      tokens.push({ kind: kindOf(part, parts[i + 1]), text: part });
    }
  });
  endLine();
  return lines;
}

function tokenTexts(json: string): string[] {
  const texts: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(json); match; match = TOKEN.exec(json)) texts.push(match[1] as string);
  return texts;
}

function kindOf(text: string, next: string | undefined): TokenKind {
  if (text.startsWith('"')) return next === ':' ? 'key' : 'string';
  return /^-?\d/.test(text) ? 'number' : 'literal';
}

/** What a JSON string says; the text itself if it is no JSON string. */
export function stringContent(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}
