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
 * What questions are about that do not say so, shown in a chip where it can be taken back.
 * @param {{body: string | null, years: string | null, report: string | null}} options as the page gives them
 * @param {import('./api.js').ApiClient} client
 * @param {HTMLElement} chip
 * @param {(about: object | null) => void} set takes it as ApiClient.ask does; null when it is taken back
 * @returns {Promise<string>} the body and year, for suggestions; empty for none
 */
export async function aboutPage({ body, years, report }, client, chip, set) {
  const year = Math.max(...(years?.match(/(?:19|20)\d\d/gu) ?? [0]));
  const found = body ? null : await pageReport(client, report);
  if (!found && !body && !year) return '';
  set(found ? { report: found.id } : { ...(body && { body }), ...(year && { year }) });
  const drop = () => {
    chip.hidden = true;
    set(null);
  };
  const named = `${body ?? ''}${year ? `${year}年度` : ''}`;
  chip.replaceChildren(element('span', {}, `正在问：${found?.title ?? named}`), button({}, drop, '不限'));
  chip.hidden = false;
  return found ? `${found.publisher}${found.year ?? ''}` : `${body ?? ''}${year || ''}`;
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
  if (here.startsWith(base)) return []; // another page of 安安's own
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
