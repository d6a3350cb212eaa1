/**
 * The only way in which this page creates elements. Text is inserted as text; markup, styles and handlers cannot be
 * passed.
 */

type Child = Node | string;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

const FORBIDDEN = /^(?:on|style$|src|href$)/i;

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (FORBIDDEN.test(name)) throw new Error(`the attribute ${name} is not set here`);
    if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  close: 'M4 4l8 8M12 4l-8 8',
  previous: 'M4 10l4-4 4 4',
  next: 'M4 6l4 4 4-4',
  list: 'M3 4h.01M3 8h.01M3 12h.01M6 4h7M6 8h7M6 12h7',
  picture: 'M8 2.5v7.5M5 7l3 3 3-3M3 13h10',
  earlier: 'M10 4L6 8l4 4',
  later: 'M6 4l4 4-4 4',
  zoomOut: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 10l3.5 3.5M5.2 7h3.6',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1v-5z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  export: 'M8 2.5v7M5 6.8l3 3 3-3M3 12.5h10',
  people:
    'M6 3.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M2.5 13c0-2.2 1.5-3.5 3.5-3.5s3.5 1.3 3.5 3.5M10.5 4a1.8 1.8 0 0 1 0 3.5M11 9.7c1.6.3 2.5 1.5 2.5 3.3',
  pin: 'M6 2.5h4M6.5 2.5v4l-2 2.5h7l-2-2.5v-4M8 9v4.5',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  shield: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4z',
  shieldCheck: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.8 8l1.7 1.7 2.8-3.2',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.5M8 11.6v.4',
} as const;

/** A line icon of 16 × 16 units in the text's colour; hidden from screen readers. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    class: 'icon',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** Sets a text if it differs: setting it again would cause layout, and another text node even a new box. */
export function setText(element: Element, text: string): void {
  const { firstChild } = element;
  if (!(firstChild instanceof Text) || firstChild.nextSibling) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/** Sets an attribute if it differs. */
export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) setAttributes(element, { [name]: value });
}

/** The element with this id. Throws if the template has none. */
// The caller knows the type from the template.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}
