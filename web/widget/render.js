/** What 安安 says: her first words, and a reply for every state of a turn. */

import { sign } from './avatar.js';
import { comparison } from './comparison.js';
import { button, element } from './dom.js';
import { evidence } from './evidence.js';
import { tools } from './reply-tools.js';

/**
 * @typedef {object} Actions what the buttons in a reply do
 * @property {(question: string) => void} ask
 * @property {(turn: object) => void} retry
 * @property {(turn: object) => void} speak
 * @property {(turn: object) => void} prepare what speaking will need: she comes near the button
 * @property {(link: string | null) => URL | null} resolve a link of the answer to a web address
 * @property {(question: string) => void} message leave a message about a question
 * @property {(given: object) => Promise<void>} feedback
 * @property {(words: string) => void} say to screen readers
 * @property {boolean} voice whether answers can be read aloud
 * @property {boolean} framed whether 安安 fills a frame, so that links open elsewhere
 */

/** An answer this short is the thing itself (2801条) and stands larger; a long one is read, not glanced at (characters). */
const SHORT = 14;
const LONG = 60;
/** 110, 12345, 0915-3214567, 13812345678, 400-123-4567: as printed in contacts. */
const TELEPHONE = /(?<![\d.])(?:1(?:10|19|2[02])|1[0-9]{4}|400-?\d{3}-?\d{4}|1[3-9]\d{9}|(?:0\d{2,3}[-—－ ]?)?[2-8]\d{6,7})(?![\d.年条件人%])/gu;
const TO_RING = new Set(['urgent', 'none', 'contact']);

/**
 * @param {string} words
 * @param {string} more
 * @returns {HTMLElement}
 */
export function welcome(words, more) {
  return element('div', { class: 'reply', 'data-kind': 'smalltalk' }, element('p', { class: 'answer' }, words), element('p', {}, more));
}

/**
 * Questions as buttons.
 * @param {readonly string[]} questions
 * @param {string} heading
 * @param {Actions} actions
 * @param {string} [prefix] what stands elsewhere already, and is left out on the buttons that begin so
 * @returns {HTMLElement | null} null when there are none
 */
export function suggestions(questions, heading, actions, prefix = '') {
  if (!questions?.length) return null;
  const items = questions.map((question) => {
    const words = question.startsWith(prefix) ? question.slice(prefix.length) : question;
    return element('li', {}, button({ class: 'suggestion' }, () => actions.ask(question), words));
  });
  return element('div', { class: 'suggestions' }, element('p', {}, heading), element('ul', {}, ...items));
}

/**
 * A turn with its question; `reply` fills in the rest.
 * @param {string} question
 * @returns {HTMLElement}
 */
export function turnElement(question) {
  const asked = element('p', { class: 'question' }, element('span', { class: 'unseen' }, '您问：'), question);
  return element('div', { class: 'turn' }, asked);
}

/**
 * The reply for the state a turn is in.
 * @param {import('./conversation.js').Turn} turn
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function reply(turn, actions) {
  if (turn.state === 'answered') return answered(turn, actions);
  if (turn.state === 'failed') return failed(turn, actions);
  const dots = element('span', { class: 'dots', 'aria-hidden': 'true' }, ...[0, 1, 2].map(() => element('i')));
  return element('div', { class: 'reply waiting' }, dots, element('p', { class: 'progress' }, '安安正在查找，请稍候…'));
}

function failed(turn, actions) {
  const again = turn.error.retryable
    ? button({ class: 'again' }, () => actions.retry(turn), '再试一次')
    : element('p', {}, '请改一改问题再发送。');
  return element('div', { class: 'reply failed' }, element('p', {}, turn.error.message), again);
}

function answered(turn, actions) {
  const { answer } = turn;
  const [first, ...others] = answer.evidence;
  const size = first && answer.text.length <= SHORT ? ' short' : answer.text.length > LONG ? ' long' : '';
  const text = TO_RING.has(answer.kind) ? withTelephones(answer.text) : [answer.text];
  const speak = actions.voice && answer.utterances.length ? speakButton(turn, actions) : null;
  return element(
    'div',
    { class: 'reply', 'data-kind': answer.kind },
    answer.understood ? element('p', { class: 'understood' }, `您是想问“${answer.understood}”吗？`) : null,
    element('p', { class: `answer${size}` }, ...text),
    tools(turn, speak, actions),
    element('p', { class: 'note', hidden: true }),
    answer.comparison ? comparison(answer, actions) : null,
    ...(first ? evidence(first, answer.text, actions) : []),
    others.length ? otherEvidence(others, actions) : null,
    answer.kind === 'none' ? nobodyKnows(turn, actions) : null,
    suggestions(answer.suggestions, answer.kind === 'none' ? '相近的问题' : '您还可以问', actions),
  );
}

function speakButton(turn, actions) {
  const words = element('span', { class: 'words' }, '播报');
  const speak = button({ class: 'speak', 'data-state': 'idle' }, () => actions.speak(turn), sign('speaker'), words);
  for (const type of ['pointerenter', 'pointerdown', 'focus']) speak.addEventListener(type, () => actions.prepare(turn));
  return speak;
}

function nobodyKnows(turn, actions) {
  const leave = button({ class: 'leave' }, () => actions.message(turn.question), '给工作人员留言');
  return element('div', { class: 'ways' }, element('p', {}, '报告里没有的，可以请工作人员答复：'), leave);
}

/** Telephone numbers as links that ring. */
function withTelephones(text) {
  const pieces = [];
  let done = 0;
  for (const { 0: number, index } of text.matchAll(TELEPHONE)) {
    pieces.push(text.slice(done, index), element('a', { class: 'ring', href: `tel:${number.replace(/\D/gu, '')}` }, number));
    done = index + number.length;
  }
  return [...pieces, text.slice(done)];
}

function otherEvidence(others, actions) {
  const items = others.map((item) => element('div', {}, ...evidence(item, '', actions)));
  return element('details', { class: 'others' }, element('summary', {}, `其他相关段落（${others.length}）`), ...items);
}
