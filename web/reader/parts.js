/** The elements of the reader's bar, its settings included; these show the citizen's choices, wherever they are made. */

import { speaker } from '../widget/avatar.js';
import { button, element } from '../widget/dom.js';
import { choices, follow, RATES } from './choices.js';

/** The buttons in the order of the keyboard, by what they do. */
const BUTTONS = {
  goOn: '接着上次听',
  previous: '上一句',
  next: '下一句',
  stop: '停止',
  change: '',
  back: '回到朗读处',
  unfold: '设置',
};
const SPEEDS = RATES.map((rate) => [rate, rate === 1 ? '正常' : `${rate} 倍`]);
const LOOPS = [
  ['off', '不循环'],
  ['one', '本句循环'],
  ['all', '全文循环'],
];

/**
 * @param {(name: string) => void} act told which button was pressed: those above, `toggle` (the greeting), `download`
 * @returns the parts that change, by name; `root` holds them all
 */
export function parts(act) {
  const span = (name, ...inside) => element('span', { class: name }, ...inside);
  const hello = span('hello');
  const words = span('words');
  const face = span('face');
  const progress = span('progress');
  const press = (name, text, shown) => button({ class: `plain ${name}`, hidden: !shown }, () => act(name), text);
  const main = button({ class: 'main' }, () => act('toggle'), face, span('says', hello, words), speaker());
  const buttons = Object.fromEntries(Object.entries(BUTTONS).map(([name, text]) => [name, press(name, text, name === 'unfold')]));
  const download = press('download', '', true);
  const panel = element('div', { class: 'panel', role: 'group', 'aria-label': '播报设置', hidden: true }, ...rows(), download);
  const seek = element('input', { type: 'range', min: 1, 'aria-label': '读到第几句' });
  const where = element('div', { class: 'where', hidden: true }, seek, progress);
  const controls = element('div', { class: 'controls' }, ...Object.values(buttons));
  // role=alert announces by itself; while she speaks nothing else may talk into it.
  const note = element('p', { class: 'note', role: 'alert' });
  const audio = element('audio', { preload: 'auto', hidden: true });
  const bar = element('div', { class: 'bar', role: 'group', 'aria-label': '语音播报' }, main, controls, where, panel, note, audio);
  const root = element('div', { class: 'anan', lang: 'zh-CN' }, bar);
  return { root, bar, face, main, hello, words, ...buttons, where, seek, progress, note, audio, panel, download };
}

function rows() {
  const slider = element('input', { type: 'range', max: 1, step: 0.05 });
  const volume = row('音量', slider, 'volume');
  follow('volume', (value) => {
    slider.ariaValueText = `百分之${Math.round(value * 100)}`;
  });
  // Where the system alone sets the volume, as on iPhones, there is nothing to slide.
  const probe = new Audio();
  probe.volume = 0.5;
  volume.hidden = probe.volume !== 0.5;
  const yielding = row('移动焦点就暂停（用读屏软件时）', element('input', { type: 'checkbox' }), 'yielding', 'checked');
  return [chooser('语速', 'rate', SPEEDS), volume, chooser('循环', 'loop', LOOPS), yielding];
}

function chooser(label, name, options) {
  return row(label, element('select', {}, ...options.map(([value, words]) => element('option', { value }, words))), name);
}

/** A control whose property is a choice. */
function row(label, control, name, property = 'value') {
  const numeric = typeof choices.get(name) === 'number';
  control.addEventListener('input', () => choices.set(name, numeric ? Number(control.value) : control[property]));
  follow(name, (value) => {
    control[property] = value;
  });
  return element('label', {}, element('span', {}, label), control);
}
