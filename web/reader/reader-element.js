import { ApiClient, baseAddress } from '../widget/api.js';
import { avatar, speaker } from '../widget/avatar.js';
import { button, element, write } from '../widget/dom.js';
import { introduction } from '../widget/greeting.js';
import { Player } from './player.js';
import { SpokenMark } from './spoken-mark.js';
import { readerSheet } from './styles.js';

/** What the bar offers in each state. */
const WORDS = Object.freeze({
  idle: '点击我为您语音播报',
  loading: '正在准备，请稍候…',
  playing: '暂停播报',
  paused: '继续播报',
});

/**
 * `<anan-reader report="ID">`: the bar that reads the report on its page aloud and marks the sentence being spoken.
 * The page's passages are elements with `data-start` and `data-end`, offsets into the report's text.
 *
 * Attributes: `report` (the report's id), `server` (default: where the module came from).
 */
export class AnanReaderElement extends HTMLElement {
  static observedAttributes = ['report', 'server'];

  #parts = parts();
  #client = new ApiClient(baseAddress(null));
  #player = new Player(this.#parts.audio, (key, signal) => this.#client.speech(key, signal));
  #mark = new SpokenMark();
  #utterances = null;
  /** Under way while the list of utterances is being fetched. */
  #fetching = null;
  /** Whether the bar's own place is out of view; then it floats while she reads, or nobody could stop her. */
  #away = false;
  #watch = new IntersectionObserver(([entry]) => {
    this.#away = !entry.isIntersecting;
    this.#show();
  });

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [readerSheet];
    shadow.append(this.#parts.root);
    this.#parts.main.addEventListener('click', () => this.#press());
    this.#parts.stop.addEventListener('click', () => this.stop());
    this.#player.addEventListener('state', () => this.#show());
    this.#player.addEventListener('utterance', ({ detail }) => this.#spoken(detail));
    this.#player.addEventListener('failure', ({ detail }) => this.#excuse(detail.message));
  }

  get report() {
    return this.getAttribute('report') ?? '';
  }

  set report(value) {
    this.setAttribute('report', value);
  }

  get server() {
    return baseAddress(this.getAttribute('server'));
  }

  set server(value) {
    this.setAttribute('server', value);
  }

  /** @returns {import('./player.js').PlayerState} */
  get state() {
    return this.#fetching ? 'loading' : this.#player.state;
  }

  connectedCallback() {
    write(this.#parts.hello, introduction());
    this.#watch.observe(this.#parts.root);
    this.#show();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    this.stop();
  }

  attributeChangedCallback() {
    this.stop();
    this.#utterances = null;
    this.#client.base = this.server;
  }

  /** Read from the beginning. Call it from within a press: browsers allow sound only then. */
  async start() {
    this.stop();
    this.#excuse('');
    this.#player.prime();
    const fetching = new AbortController();
    this.#fetching = fetching;
    this.#show();
    try {
      this.#utterances ??= await this.#client.utterances(this.report, fetching.signal);
    } catch (error) {
      if (fetching === this.#fetching) this.#excuse(error.message);
    }
    if (fetching !== this.#fetching) return;
    this.#fetching = null;
    this.#read();
  }

  /** Be silent and take the mark away. */
  stop() {
    this.#fetching?.abort();
    this.#fetching = null;
    this.#player.stop();
    this.#show();
  }

  #read() {
    if (this.#utterances?.length === 0) this.#excuse('这份报告没有可以播报的文字。');
    if (this.#utterances?.length) {
      this.#mark.begin();
      this.#player.play(this.#utterances.map((utterance) => utterance.key));
    }
    this.#show();
  }

  #press() {
    if (this.state === 'playing') this.#player.pause();
    else if (this.state === 'paused') this.#player.resume();
    else if (this.state === 'idle') this.start();
  }

  #spoken(index) {
    const { start, end } = this.#utterances[index];
    write(this.#parts.progress, `第 ${index + 1} 句，共 ${this.#utterances.length} 句`);
    this.#mark.show(start, end);
  }

  #show() {
    const { state } = this;
    const { bar, main, stop, words, progress } = this.#parts;
    const idle = state === 'idle';
    bar.dataset.state = state;
    bar.classList.toggle('afloat', this.#away && !idle);
    write(words, WORDS[state]);
    if (idle && this.shadowRoot.activeElement === stop) main.focus({ preventScroll: true }); // the button that was pressed goes away
    stop.hidden = idle;
    if (!idle) return;
    write(progress, '');
    this.#mark.end();
  }

  #excuse(message) {
    write(this.#parts.note, message);
  }
}

function parts() {
  const hello = element('span', { class: 'hello' });
  const words = element('span', { class: 'words' });
  const main = button({ class: 'main' }, () => {}, avatar(), element('span', {}, hello, words), speaker());
  const stop = button({ class: 'stop', hidden: true }, () => {}, '停止');
  const progress = element('span', { class: 'progress' });
  // role=alert announces by itself; while she speaks nothing else may talk into it.
  const note = element('p', { class: 'note', role: 'alert' });
  const audio = element('audio', { preload: 'auto', hidden: true });
  const bar = element('div', { class: 'bar', role: 'group', 'aria-label': '语音播报' }, main, progress, stop, note, audio);
  const root = element('div', { class: 'anan', lang: 'zh-CN' }, bar);
  return { root, bar, main, hello, words, stop, progress, note, audio };
}
