/** The widget's elements: the frame once, and a reply for every state of a turn. */

import { avatar, speaker } from './avatar.js';
import { comparison } from './comparison.js';
import { button, element } from './dom.js';
import { segments } from './marks.js';

/**
 * @typedef {object} Actions what the buttons in a reply do
 * @property {(question: string) => void} ask
 * @property {(turn: object) => void} retry
 * @property {(turn: object) => void} speak
 * @property {(link: string | null) => URL | null} resolve a link of the answer to a web address
 */

/**
 * The frame: everything that is there from the start.
 * @returns {Record<string, HTMLElement>} by role; `root` holds the others
 */
export function frame() {
  const launcher = button({ class: 'launcher', 'aria-haspopup': 'dialog' }, () => {}, avatar(), '问安安');
  const title = element('h2', { class: 'title', id: 'title', tabindex: '-1' });
  const close = button({ class: 'close' }, () => {}, '关闭');
  const log = element('div', { class: 'log', role: 'region', 'aria-label': '对话内容', tabindex: '0' });
  const live = element('div', { class: 'unseen', 'aria-live': 'polite', 'aria-atomic': 'true' });
  const audio = element('audio', { preload: 'auto', hidden: true });
  const { form, input, send, hint } = composer();
  const head = element('div', { class: 'head' }, avatar(), title, close);
  const dialog = element(
    'dialog',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title' },
    head,
    log,
    form,
    live,
    audio,
  );
  const root = element('div', { class: 'anan', lang: 'zh-CN' }, launcher, dialog);
  return { root, launcher, dialog, title, close, log, form, input, send, hint, live, audio };
}

function composer() {
  const hint = element('p', { class: 'hint', id: 'hint', hidden: true });
  const input = element('textarea', {
    class: 'input',
    id: 'question',
    rows: 1,
    enterkeyhint: 'send',
    autocomplete: 'off',
    placeholder: '例如：收到多少件申请',
    'aria-describedby': 'hint',
  });
  const send = element('button', { class: 'send', type: 'submit' }, '发送');
  const label = element('label', { for: 'question' }, '请输入您的问题');
  const form = element('form', { class: 'composer' }, label, hint, input, send);
  return { form, input, send, hint };
}

/**
 * 安安's first words.
 * @param {string} words
 * @returns {HTMLElement}
 */
export function welcome(words) {
  const more = '想了解哪份年度报告里的事？请把问题告诉我，我会找出报告里的原话，还可以读给您听。';
  return element('div', { class: 'reply', 'data-kind': 'smalltalk' }, element('p', { class: 'answer' }, words), element('p', {}, more));
}

/**
 * Questions as buttons.
 * @param {readonly string[]} questions
 * @param {string} heading
 * @param {Actions} actions
 * @returns {HTMLElement | null} null when there are none
 */
export function suggestions(questions, heading, actions) {
  if (!questions?.length) return null;
  const items = questions.map((question) =>
    element('li', {}, button({ class: 'suggestion' }, () => actions.ask(question), question)),
  );
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
  return element(
    'div',
    { class: 'reply', 'data-kind': answer.kind },
    answer.understood ? element('p', { class: 'understood' }, `您是想问“${answer.understood}”吗？`) : null,
    element('p', { class: 'answer' }, answer.text),
    answer.utterances.length ? speakButton(turn, actions) : null,
    element('p', { class: 'note', hidden: true }),
    answer.comparison ? comparison(answer, actions) : null,
    ...(first ? evidence(first, answer.text, actions) : []),
    others.length ? otherEvidence(others, actions) : null,
    suggestions(answer.suggestions, '您还可以问', actions),
  );
}

function speakButton(turn, actions) {
  const words = element('span', { class: 'words' }, '播报');
  return button({ class: 'speak', 'data-state': 'idle' }, () => actions.speak(turn), speaker(), words);
}

function otherEvidence(others, actions) {
  const items = others.map((item) => element('div', {}, ...evidence(item, '', actions)));
  return element('details', { class: 'others' }, element('summary', {}, `其他相关段落（${others.length}）`), ...items);
}

/** Where it stands, the passage with its marks, and the source. A passage that is the answer word for word is not repeated. */
function evidence(item, answer, actions) {
  const path = item.section?.length ? element('p', { class: 'section' }, item.section.join(' › ')) : null;
  const repeated = item.passage.trim() === answer.trim();
  const note = item.recognised ? element('p', { class: 'section' }, '这段文字由图片识别，可能有误') : null;
  return [path, note, repeated ? null : markedPassage(item), source(item, actions)].filter(Boolean);
}

/**
 * A passage, its answering sentence lightly marked and the answering words clearly.
 * @param {{passage: string, sentence?: [number, number], highlights?: [number, number][]}} item offsets in code points
 * @returns {HTMLElement}
 */
export function markedPassage(item) {
  const pieces = segments(item.passage, item.sentence, item.highlights).map((piece) => {
    const words = piece.mark ? element('mark', {}, piece.text) : piece.text;
    return piece.sentence ? element('span', { class: 'sentence' }, words) : words;
  });
  return element('blockquote', { class: 'passage' }, ...pieces);
}

function source(item, actions) {
  const { report } = item;
  const url = actions.resolve(item.link) ?? actions.resolve(report.url);
  const name = element('span', { class: 'name' }, `出处：${report.title}`);
  const facts = element('span', { class: 'facts' }, ...sourceFacts(report).map((fact) => element('span', {}, fact)));
  if (!url) return element('p', { class: 'source' }, name, facts);
  // On another site the citizen keeps the page she was on; on the server's own pages the back button is enough.
  if (url.origin === location.origin) return element('a', { class: 'source', href: url.href }, name, facts);
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
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(iso);
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : iso;
}
