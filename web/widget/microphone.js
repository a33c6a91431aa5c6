/** Hearing what is said, from the press of the button to the words in the field; loaded with the first press. */

import { button, element, write } from './dom.js';
import { toggle } from './frame.js';
import { keep, kept } from './kept.js';
import { sheet, token } from './tokens.js';

const [paper, line, accent, danger, radius] = ['paper', 'line', 'accent', 'danger', 'radius'].map(token);
const looks = sheet(`
.ears { position: absolute; z-index: 1; bottom: 100%; left: 8px; right: 8px; display: flex; flex-wrap: wrap; align-items: center; gap: 10px; margin-bottom: 6px; padding: 8px 14px;
  border: 2px solid ${accent}; border-radius: ${radius}; background: ${paper}; box-shadow: 0 4px 20px rgb(0 0 0 / 20%); }
.ears[data-state="listening"] { border-color: ${danger}; }
.ears-words { flex: 1 1 9em; margin: 0; font-size: .94em; line-height: 1.5; }
.ears .plain { flex: none; }
.level { flex: none; display: flex; align-items: end; gap: 4px; height: 26px; }
.level i { width: 6px; height: 30%; border-radius: 3px; background: ${line}; }
.level i:nth-child(2), .level i:nth-child(4) { height: 60%; }
.level i:nth-child(3) { height: 100%; }
.level [data-on] { background: ${danger}; }
.ears:not([data-state="listening"]) .level { display: none; }
/* The meter says that something is heard without flickering with it. */
@media (prefers-reduced-motion: reduce) { .level i:nth-child(n + 2) { display: none; } .level i { width: 14px; height: 14px; border-radius: 50%; } }
@media (forced-colors: active) { .level [data-on] { background: Highlight; forced-color-adjust: none; } }
`);

/** Who holds the button longer is speaking while holding it (milliseconds). */
const HELD = 500;
const BARS = 5;

const WORDS = Object.freeze({
  opening: '请允许使用麦克风……',
  listening: '正在听，请说出您的问题，说完停一下就好。',
  working: '正在把您说的话写成字……',
  foreign: '这里没有装语音识别，可以用您的浏览器自带的。它可能把您的声音发给浏览器的厂商，不经过本站。',
  nothing: '没有听到您说话。请靠近麦克风再说一次，也可以打字。',
});
const FAILED = Object.freeze({
  NotAllowedError: '没有得到使用麦克风的许可。请在浏览器的网址旁边允许麦克风，再按一次；也可以打字。',
  NotFoundError: '没有找到麦克风。请接上麦克风再试，也可以打字。',
  NotReadableError: '麦克风打不开，可能正被别的程序占用。请关掉它再试，也可以打字。',
  NetworkError: '浏览器自带的识别连不上，请打字提问。',
  NothingSaid: WORDS.nothing,
});
const UNABLE = '这个浏览器现在录不了音，请打字提问。';

export class Microphone {
  #hands;
  #state = 'idle';
  #foreign;
  /** What hears now: a Recorder or BrowserEars. */
  #ears = null;
  #upload = new AbortController();
  #began = 0;
  #button;
  #bars = Array.from({ length: BARS }, () => element('i'));
  #words = element('p', { class: 'ears-words' });
  #agree = button({ class: 'primary', hidden: true }, () => this.#agreed(), '知道了，开始说');
  #cancel = button({ class: 'plain' }, () => this.#close(), '取消');
  #strip = element(
    'div',
    { class: 'ears', role: 'group', 'aria-label': '说话提问', hidden: true },
    ...[element('div', { class: 'level', 'aria-hidden': 'true' }, ...this.#bars), this.#words, this.#agree, this.#cancel],
  );

  /**
   * @param {import('./frame.js').Hands} hands
   * @param {HTMLButtonElement} pressed what is pressed
   * @param {boolean} foreign whether the browser hears and not the server
   */
  constructor(hands, pressed, foreign) {
    this.#hands = hands;
    this.#button = pressed;
    this.#foreign = foreign;
    const sends = toggle('说完就发送', (on) => {
      keep('send', on ? 1 : null);
      sends.setAttribute('aria-checked', String(on));
    });
    sends.setAttribute('aria-checked', String(kept('send') === 1));
    hands.menu(sends);
    pressed.after(this.#strip);
    pressed.getRootNode().adoptedStyleSheets.push(looks);
    const { host } = hands;
    for (const over of ['anan-close', 'anan-ask']) host.addEventListener(over, () => this.#close());
    for (const part of [this.#strip, pressed]) part.addEventListener('keydown', (event) => this.#escape(event));
  }

  /** Escape gives up speaking before it closes anything else. */
  #escape(event) {
    if (event.key !== 'Escape' || this.#state === 'idle') return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  }

  /** The button goes down, or was pressed without a pointer and a key. */
  press() {
    if (this.#state === 'idle') this.#begin();
    else if (this.#state === 'listening') this.#finish();
    else this.#close();
  }

  /** The button is let go. */
  release() {
    // Whoever was asked for permission has let go for that: it goes on until a press or silence.
    if (this.#state === 'listening' && performance.now() - this.#began > HELD) this.#finish();
  }

  #begin() {
    this.#hands.hush();
    this.#hands.say('');
    if (this.#foreign && !kept('browser-ears')) {
      this.#show('asking', WORDS.foreign);
      requestAnimationFrame(() => this.#agree.focus()); // after the press has given the focus to what was pressed
    } else if (this.#foreign) this.#hearByBrowser();
    else this.#record();
  }

  #agreed() {
    keep('browser-ears', 1);
    this.#button.focus();
    this.#hearByBrowser();
  }

  async #record() {
    this.#show('opening', WORDS.opening);
    const { Recorder } = await import('./recorder.js');
    if (this.#state !== 'opening') return;
    const recorder = new Recorder((level) => this.#level(level), (spoke) => (spoke ? this.#finish() : this.#fail('NothingSaid')));
    this.#ears = recorder;
    try {
      if (!(await recorder.begin())) return;
    } catch (error) {
      if (this.#ears === recorder) this.#fail(error.name);
      return;
    }
    this.#hear();
  }

  async #hearByBrowser() {
    const { BrowserEars } = await import('./browser-ears.js');
    const ears = new BrowserEars();
    this.#ears = ears;
    this.#hear();
    try {
      const text = await ears.hear();
      if (this.#ears === ears) this.#heard(text);
    } catch (error) {
      if (this.#ears === ears) this.#fail(error.name);
    }
  }

  #hear() {
    this.#began = performance.now();
    this.#show('listening', WORDS.listening);
  }

  /** What was to be said is said. */
  async #finish() {
    const ears = this.#ears;
    this.#show('working', WORDS.working);
    const recording = await ears.end();
    if (!recording || this.#ears !== ears) return; // the browser's own gives its text by itself
    try {
      const { text } = await this.#hands.client.listen(recording, this.#upload.signal);
      if (this.#ears === ears) this.#heard(text);
    } catch (error) {
      if (this.#ears !== ears) return;
      this.#close();
      this.#hands.say(error.message);
    }
  }

  #heard(text) {
    this.#close();
    this.#hands.client.said = text;
    if (!text) this.#hands.say(WORDS.nothing);
    else if (kept('send')) this.#hands.ask(text);
    else {
      this.#hands.put(text);
      this.#hands.say(`听到的是“${text}”。不对的可以改，再按“发送”。`, true); // the field may be too narrow for all of it
    }
  }

  #fail(name) {
    this.#close();
    this.#hands.say(FAILED[name] ?? UNABLE);
  }

  /** Stop hearing; nothing comes of it. */
  #close() {
    if (this.#state === 'idle') return;
    if (this.#strip.contains(this.#strip.getRootNode().activeElement)) this.#button.focus();
    this.#ears?.close();
    this.#ears = null;
    this.#upload.abort();
    this.#upload = new AbortController();
    this.#show('idle', '');
  }

  #show(state, words) {
    this.#state = state;
    const hears = state === 'listening';
    this.#button.setAttribute('aria-pressed', String(hears));
    this.#strip.hidden = state === 'idle';
    this.#strip.dataset.state = state;
    this.#agree.hidden = state !== 'asking';
    write(this.#words, words);
    this.#level(0);
    this.#hands.mood(hears ? 'listening' : '');
    if (words) this.#hands.announce(words);
  }

  #level(level) {
    this.#bars.forEach((bar, at) => bar.toggleAttribute('data-on', level * BARS > at + 0.3));
  }
}
