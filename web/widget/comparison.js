/** A comparison: a table in which every number leads to its place, and a chart. */

import { element } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
/** What a chart consists of; anything else that a reply may hold is left out. */
const SHAPES = new Set(['svg', 'title', 'desc', 'rect', 'text']);
const LOOKS = new Set([
  ...['viewBox', 'role', 'x', 'y', 'width', 'height', 'fill', 'fill-opacity'],
  ...['stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight'],
]);

/**
 * The table and the chart of an answer.
 * @param {{comparison: object}} answer
 * @param {import('./render.js').Actions} actions
 * @returns {HTMLElement}
 */
export function comparison({ comparison: compared }, actions) {
  const several = new Set(compared.rows.map((row) => row.publisher)).size > 1;
  const changing = compared.rows.some((row) => row.change);
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, '年份'),
    several ? element('th', { scope: 'col', class: 'body' }, '单位') : null,
    ...['数值', ...(changing ? ['增减', '增幅'] : [])].map((name) => element('th', { scope: 'col' }, name)),
  );
  const rows = compared.rows.map((row) =>
    element('tr', {}, ...cells(row, { several, changing }, numberLink(row, actions))),
  );
  const caption = element('caption', {}, compared.indicator);
  const table = element('table', {}, caption, element('thead', {}, head), element('tbody', {}, ...rows));
  return element(
    'div',
    { class: 'comparison' },
    element('div', { class: 'wide' }, table),
    element('p', { class: 'section' }, `点数值看原文${changing ? '；增减是算出来的，与同一单位的上一行相比' : ''}。`),
    drawing(compared.chart),
  );
}

function numberLink(row, actions) {
  const url = actions.resolve(row.link);
  if (!url) return row.printed;
  // As with any source: on another site the citizen keeps the page she was on.
  const aside = url.origin === location.origin ? {} : { target: '_blank', rel: 'noopener' };
  return element('a', { href: url.href, ...aside }, row.printed);
}

function cells(row, { several, changing }, number) {
  const change = changing ? [(row.change?.text ?? '').replace('-', '−'), signedPercent(row.change?.percent)] : [];
  return [
    element('th', { scope: 'row' }, `${row.year}年`),
    several ? element('td', { class: 'body' }, row.publisher) : null,
    ...[number, ...change].map((content) => element('td', {}, content)),
  ].filter(Boolean);
}

/**
 * A change in hundredths with its sign.
 * @param {number | null | undefined} percent
 * @returns {string} empty for none
 */
export function signedPercent(percent) {
  if (percent === null || percent === undefined) return '';
  return `${percent > 0 ? '+' : ''}${percent}%`.replace('-', '−');
}

/**
 * A chart made anew from the shapes that its text describes: nothing else comes into the page.
 * @param {string} text SVG
 * @returns {SVGElement | null} null for no chart
 */
export function drawing(text) {
  if (!text) return null;
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  return parsed.namespaceURI === SVG && parsed.localName === 'svg' ? copied(parsed, 'chart') : null;
}

function copied(shape, name) {
  const made = document.createElementNS(SVG, shape.localName);
  if (name) made.setAttribute('class', name);
  for (const { name: look, value } of shape.attributes) if (LOOKS.has(look)) made.setAttribute(look, value);
  for (const child of shape.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) made.append(child.data);
    else if (child.nodeType === Node.ELEMENT_NODE && SHAPES.has(child.localName)) made.append(copied(child));
  }
  return made;
}
