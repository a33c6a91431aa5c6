/** What the page that embeds 安安 is about: options on the element or its script tag, or the report that it shows. */

import { HOME } from './api.js';
import { button, element } from './dom.js';

/** A page's text is looked through this far (characters): the 索引号 stands in its head. */
const LOOKED_THROUGH = 200_000;
const INDEX_NUMBER = /索\s*引\s*号\s*[:：]?\s*([\w\-/—－()（）〔〕[\]]{4,60})/u;

/**
 * Give an element what the script tag says by `data-…`, where it says nothing itself.
 * @param {HTMLElement} host
 * @param {readonly string[]} names
 */
export function takeFromScript(host, names) {
  const script = [...document.scripts].find(({ src }) => src.split(/[?#]/u)[0] === `${HOME}widget.js`);
  for (const name of names) {
    const value = script?.getAttribute(`data-${name}`);
    if (value && !host.hasAttribute(name)) host.setAttribute(name, value);
  }
}

/**
 * @typedef {{body?: string | null, years?: string | null, report?: string | null}} Options as the attributes of the widget
 * @typedef {object} PageAbout
 * @property {{report: string} | {body?: string, year?: number}} about as ApiClient.ask takes it
 * @property {string} name of the report, or of the body and the year
 * @property {string} prefix how questions about it begin: 青澜市公安局2021年
 */

/**
 * What questions are about that do not say so.
 * @param {Options} options
 * @param {import('./api.js').ApiClient} client
 * @returns {Promise<PageAbout | null>}
 */
export async function pageAbout({ body, years, report }, client) {
  const year = Math.max(...(years?.match(/(?:19|20)\d\d/gu) ?? [0]));
  const found = body ? null : await pageReport(client, report);
  if (found) return { about: { report: found.id }, name: found.title, prefix: beginning(found.publisher, found.year) };
  if (!body && !year) return null;
  const about = { ...(body && { body }), ...(year && { year }) };
  return { about, name: `${body ?? ''}${year ? `${year}年度` : ''}`, prefix: beginning(body, year) };
}

function beginning(body, year) {
  return `${body ?? ''}${year ? `${year}年` : ''}`;
}

/**
 * Say in a chip what is asked about, where it can be taken back.
 * @param {HTMLElement} chip
 * @param {PageAbout | null} found
 * @param {() => void} drop is called when it was taken back
 */
export function showAbout(chip, found, drop) {
  chip.hidden = !found;
  if (!found) return;
  const taken = () => {
    chip.hidden = true;
    drop();
  };
  chip.replaceChildren(element('span', {}, `正在问：${found.name}`), button({}, taken, '不限'));
}

/** The report that a page shows: named by its author, by its address, or by the 索引号 printed on it; null for no single one. */
async function pageReport(client, id) {
  for (const query of queries(client.base, id)) {
    const found = await client.reports(query).catch(() => []);
    if (found.length === 1) return found[0];
  }
  return null;
}

function queries(base, id) {
  const here = `${location.origin}${location.pathname}`;
  const shown = id || (here.startsWith(`${base}reports/`) && here.slice(base.length).split('/')[1]);
  if (shown) return [{ id: shown }];
  // Another page of 安安's own.
  if (here.startsWith(base)) return [];
  const printed = INDEX_NUMBER.exec(pageText())?.[1];
  const addresses = new Set([document.querySelector('link[rel="canonical"]')?.href, `${here}${location.search}`, here]);
  return [...(printed ? [{ index_number: printed }] : []), ...[...addresses].filter(Boolean).map((url) => ({ url }))];
}

/** Cell by cell: textContent alone would run a table's cells together. */
function pageText() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode() && text.length < LOOKED_THROUGH) text += `${walker.currentNode.data} `;
  return text;
}
