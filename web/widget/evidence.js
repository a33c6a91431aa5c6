/** Where an answer stands: the passage with its marks, folded when it is long, and its source. */

import { button, element, write } from './dom.js';
import { segments } from './marks.js';

/** A longer passage is folded around its answering sentence, of what stands before and after so much is left (characters). */
const LONG = 160;
const LEFT = 30;

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
 * A passage, its answering sentence lightly marked and the answering words clearly; what is far from them folded away.
 * @param {{passage: string, sentence?: [number, number], highlights?: [number, number][]}} item offsets in code points
 * @returns {HTMLElement[]} the passage, and the button that unfolds it where there is something to unfold
 */
function markedPassage(item) {
  const pieces = segments(item.passage, item.sentence, item.highlights);
  const [first, last] = [pieces.findIndex(isAnswer), pieces.findLastIndex(isAnswer)];
  const cut = item.passage.length > LONG && first >= 0;
  const folded = [];
  const shown = pieces.flatMap((piece, place) => {
    if (!cut || (place >= first && place <= last)) return [words(piece)];
    const parts = place < first ? split(piece.text, -LEFT) : split(piece.text, LEFT);
    const kept = place === first - 1 ? 1 : place === last + 1 ? 0 : -1;
    return parts.map((text, at) => (at === kept || !text ? text : fold(text, folded)));
  });
  const passage = element('blockquote', { class: 'passage' }, ...shown);
  if (!folded.length) return [passage];
  const unfold = () => {
    const open = unfolder.getAttribute('aria-expanded') !== 'true';
    unfolder.setAttribute('aria-expanded', String(open));
    write(unfolder, open ? '收起' : '展开全段');
    for (const [text, dots] of folded) {
      text.hidden = !open;
      dots.hidden = open;
    }
  };
  const unfolder = button({ class: 'unfold', 'aria-expanded': 'false' }, unfold, '展开全段');
  return [passage, unfolder];
}

function isAnswer(piece) {
  return piece.sentence || piece.mark;
}

function words(piece) {
  const text = piece.mark ? element('mark', {}, piece.text) : piece.text;
  return piece.sentence ? element('span', { class: 'sentence' }, text) : text;
}

/** No character is cut in two: a part begins and ends between whole ones. */
function split(text, at) {
  const characters = [...text];
  return [characters.slice(0, at).join(''), characters.slice(at).join('')];
}

function fold(text, folded) {
  const parts = [element('span', { hidden: true }, text), element('span', { class: 'dots-cut' }, '……')];
  folded.push(parts);
  return element('span', {}, ...parts);
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
