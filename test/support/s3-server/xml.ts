/** XML as far as S3's requests and answers use it: elements and text. */
import { S3Error } from './errors.js';

type XmlContent = string | number | boolean | readonly XmlElement[];
export type XmlElement = readonly [name: string, content: XmlContent];

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A whole document; S3's error documents have no namespace. */
export function xmlDocument(root: string, content: readonly XmlElement[], namespace = true): string {
  return `${DECLARATION}<${root}${namespace ? ` xmlns="${NAMESPACE}"` : ''}>${elements(content)}</${root}>`;
}

function elements(content: readonly XmlElement[]): string {
  return content
    .map(([name, inner]) => `<${name}>${Array.isArray(inner) ? elements(inner) : escaped(String(inner))}</${name}>`)
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

interface XmlNode {
  readonly name: string;
  readonly children: XmlNode[];
  text: string;
}

/** The root element of a request's body. Refuses what is not well-formed as S3 does. */
export function parseXml(body: Buffer): XmlNode {
  const top: XmlNode = { name: '', children: [], text: '' };
  const open = [top];
  for (const [, closing, name, selfClosing, text] of body
    .toString('utf8')
    .replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, '')
    .matchAll(/<(\/?)([A-Za-z][\w:.-]*)(?:\s[^>]*?)?(\/?)>|([^<]+)/g)) {
    const parent = open.at(-1);
    if (!parent) throw new S3Error('MalformedXML');
    if (text !== undefined) {
      parent.text += unescaped(text);
    } else if (closing) {
      if (parent.name !== name) throw new S3Error('MalformedXML');
      open.pop();
    } else {
      const node: XmlNode = { name: name ?? '', children: [], text: '' };
      parent.children.push(node);
      if (!selfClosing) open.push(node);
    }
  }
  const root = top.children[0];
  if (open.length !== 1 || !root || top.children.length !== 1) throw new S3Error('MalformedXML');
  return root;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    const character = ENTITIES[name ?? ''];
    if (character === undefined) throw new S3Error('MalformedXML');
    return character;
  });
}

export function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((candidate) => candidate.name === name);
}

/** The trimmed text of a child; undefined where there is no such child. */
export function childText(node: XmlNode, name: string): string | undefined {
  return child(node, name)?.text.trim();
}
