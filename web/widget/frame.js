/** The widget's frame: everything that is there from the start. */

import { avatar } from './avatar.js';
import { button, element } from './dom.js';

/**
 * @returns {Record<string, HTMLElement>} by role; `root` holds the others
 */
export function frame() {
  const label = element('span', { class: 'label' });
  const launcher = button({ class: 'launcher', 'aria-haspopup': 'dialog' }, () => {}, avatar(), label);
  const title = element('h2', { class: 'title', id: 'title', tabindex: '-1' });
  const status = element('p', { class: 'status' });
  const more = button({ class: 'more', 'aria-expanded': 'false', 'aria-controls': 'menu' }, () => {}, '更多');
  const close = button({ class: 'close' }, () => {}, '关闭');
  const head = element('div', { class: 'head' }, avatar(), element('div', { class: 'names' }, title, status), more, close);
  const menu = element('div', { class: 'menu', id: 'menu', role: 'group', 'aria-label': '更多', hidden: true });
  const log = element('div', { class: 'log', role: 'region', 'aria-label': '对话内容', tabindex: '0' });
  const sheet = element('section', { class: 'sheet', 'aria-labelledby': 'sheet-title', hidden: true });
  const live = element('div', { class: 'unseen', 'aria-live': 'polite', 'aria-atomic': 'true' });
  const audio = element('audio', { preload: 'auto', hidden: true });
  const below = composer();
  const dialog = element(
    'dialog',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title' },
    ...[head, menu, log, sheet, below.form, live, audio],
  );
  // In the top layer nothing of the page can lie over it or move it, whatever its z-index or transforms.
  const root = element('div', { class: 'anan', lang: 'zh-CN', popover: 'manual' }, launcher, dialog);
  return { root, launcher, label, dialog, title, status, more, close, menu, log, sheet, live, audio, ...below };
}

function composer() {
  const about = element('p', { class: 'about', hidden: true });
  const note = element('p', { class: 'beforehand', hidden: true });
  const hint = element('p', { class: 'hint', id: 'hint', hidden: true });
  const list = element('ul', { class: 'list', id: 'list', role: 'listbox', 'aria-label': '您是不是想问', hidden: true });
  const input = element('input', {
    ...{ class: 'input', id: 'question', type: 'text', enterkeyhint: 'send', autocomplete: 'off' },
    ...{ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'list' },
    ...{ placeholder: '例如：收到多少件申请', 'aria-describedby': 'hint' },
  });
  const send = element('button', { class: 'send', type: 'submit' }, '发送');
  const tools = element('span', { class: 'tools' });
  const label = element('label', { for: 'question' }, '请输入您的问题');
  const row = element('div', { class: 'row' }, input, tools, send);
  const form = element('form', { class: 'composer' }, about, label, note, hint, list, row);
  return { form, about, note, input, tools, send, hint, list };
}

/**
 * A switch of the menu.
 * @param {string} words
 * @param {(on: boolean) => void} onTurn
 * @returns {HTMLButtonElement}
 */
export function toggle(words, onTurn) {
  const turn = ({ currentTarget }) => onTurn(currentTarget.getAttribute('aria-checked') !== 'true');
  return button({ class: 'toggle', role: 'switch', 'aria-checked': 'false' }, turn, words, element('i', { 'aria-hidden': 'true' }));
}

/**
 * Buttons that other modules put beside the question (listening.js: the microphone). A module pushes a maker before a
 * widget is made; each widget calls it once with its Hands and shows the element it gives, if any.
 *
 * @typedef {object} Hands what such a button may do
 * @property {import('./api.js').ApiClient} client
 * @property {(text: string) => void} put write the question for the citizen to check
 * @property {(text: string) => boolean} ask ask it
 * @property {HTMLElement} host whose events tell when the dialog opens and closes
 * @property {() => void} hush stop whatever is being read aloud on this page
 * @property {(words: string, calm?: boolean) => void} say tell the citizen, in the hint and to screen readers; empty clears;
 *   calm for what is no trouble
 * @property {(words: string) => void} announce tell screen readers only
 * @property {(words: string) => void} note what a citizen should know beforehand, to be read above the question
 * @property {(item: HTMLElement) => void} menu put a switch into the menu
 * @property {(mood: 'listening' | '') => void} mood how 安安 looks
 * @type {((hands: Hands) => HTMLElement | null)[]}
 */
export const COMPOSER_TOOLS = [];
