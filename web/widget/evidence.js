/** Where an answer stands: the passage with its marks, folded when it is long, and its source. */

import { element } from './dom.js';
import { segments } from './marks.js';

/** Of a longer passage the answering sentence stands there, and the whole is a touch away (characters). */
const LONG = 160;

/**
 * @param {object} item a piece of evidence
 * @param {string} answer a passage that is the answer word for word is not repeated
 * @param {import('./render.js').Actions} actions
 * @returns {HTMLElement[]}
 */
export function evidence(item, answer, actions) {
  const path = item.section?.length ? element('p', { class: 'section' }, item.section.join(' › ')) : null;
  const repeated = item.passage.trim() === answer.trim();
  const note = item.recognised ? element('p', { class: 'section' }, '这段文字由图片识别，可能有误') : null;
  return [path, note, ...(repeated ? [] : markedPassage(item)), source(item, actions)].filter(Boolean);
}

/**
 * A passage, its answering sentence lightly marked and the answering words clearly.
 * @param {{passage: string, sentence?: [number, number], highlights?: [number, number][]}} item offsets in code points
 * @returns {HTMLElement[]} the passage; of a long one what answers, and the whole folded
 */
function markedPassage(item) {
  const pieces = segments(item.passage, item.sentence, item.highlights);
  const [first, last] = [pieces.findIndex(isAnswer), pieces.findLastIndex(isAnswer)];
  if (item.passage.length <= LONG || first < 0) return [quote(pieces)];
  const part = quote(pieces.slice(first, last + 1));
  if (first > 0) part.prepend('……');
  if (last < pieces.length - 1) part.append('……');
  part.classList.add('part');
  return [part, element('details', { class: 'whole' }, element('summary', {}, '展开全段'), quote(pieces))];
}

function isAnswer(piece) {
  return piece.sentence || piece.mark;
}

function quote(pieces) {
  const words = pieces.map((piece) => {
    const text = piece.mark ? element('mark', {}, piece.text) : piece.text;
    return piece.sentence ? element('span', { class: 'sentence' }, text) : text;
  });
  return element('blockquote', { class: 'passage' }, ...words);
}

function source(item, actions) {
  const { report } = item;
  const url = actions.resolve(item.link) ?? actions.resolve(report.url);
  const name = element('span', { class: 'name' }, `出处：${report.title}`);
  const facts = element('span', { class: 'facts' }, ...sourceFacts(report).map((fact) => element('span', {}, fact)));
  if (!url) return element('p', { class: 'source' }, name, facts);
  // On another site the citizen keeps the page she was on; on the server's own pages the back button is enough.
  if (url.origin === location.origin && !actions.framed) return element('a', { class: 'source', href: url.href }, name, facts);
  const aside = element('span', { class: 'unseen' }, '（在新窗口打开）');
  return element('a', { class: 'source', href: url.href, target: '_blank', rel: 'noopener' }, name, facts, aside);
}

function sourceFacts(report) {
  return [
    report.publisher,
    report.year ? `${report.year}年度` : '',
    report.index_number ? `索引号 ${report.index_number}` : '',
    report.published ? `发布日期 ${chineseDate(report.published)}` : '',
  ].filter(Boolean);
}

/**
 * An ISO date as people here write it.
 * @param {string} iso e.g. `2016-03-09`; anything else is left as it is
 * @returns {string}
 */
export function chineseDate(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/u.exec(iso);
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : iso;
}
