import { ApiClient, baseAddress } from '../widget/api.js';
import { write } from '../widget/dom.js';
import { introduction } from '../widget/greeting.js';
import { sheet } from '../widget/tokens.js';
import { bookmarkOf, choices } from './choices.js';
import { download } from './download.js';
import { listenForGestures } from './gestures.js';
import { SpokenMark } from './page-text.js';
import { parts } from './parts.js';
import { Reading } from './reading.js';
import { readerSheet } from './styles.js';
import { Voices } from './voices.js';

/** What the bar offers in each state. */
const WORDS = Object.freeze({
  idle: '点击我为您语音播报',
  loading: '正在准备，请稍候…',
  playing: '暂停播报',
  paused: '继续播报',
});

const SAVE = '下载 MP3';

/**
 * `<anan-reader report="ID">`: the bar that reads the report on its page aloud and marks the sentence being spoken.
 * The page's passages are elements with `data-start` and `data-end`, offsets into the report's text.
 *
 * Attributes: `report` (the report's id), `server` (default: where the module came from).
 */
export class AnanReaderElement extends HTMLElement {
  static observedAttributes = ['report', 'server'];

  #parts = parts((name) => this.#act(name));
  #client = new ApiClient(baseAddress(null));
  #reading = new Reading(this.#parts.audio, this.#client);
  #mark = new SpokenMark((following) => {
    this.#parts.back.hidden = following;
  });
  #voices;
  #own = {
    back: () => this.#mark.followAgain(),
    change: () => this.#voices.change(),
    unfold: () => this.#unfold(),
    download: () => this.#download(),
  };
  #connection;
  #place = sheet('');
  /** Whether the bar's own place is out of view; then it floats while she reads, or nobody could stop her. */
  #away = false;
  #watch = new IntersectionObserver(([entry]) => {
    this.#away = !entry.isIntersecting;
    if (!this.#away && this.report) this.#reading.warm(false);
    this.#show();
  });

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [readerSheet, this.#place];
    shadow.append(this.#parts.root);
    this.#voices = new Voices(this.#client, this.#parts, shadow);
    this.#listen();
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
    return this.#reading.state;
  }

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    write(this.#parts.hello, introduction());
    this.#watch.observe(this.#parts.root);
    listenForGestures(this, this.#reading, signal);
    document.addEventListener('focusin', (event) => this.#giveWay(event), { signal });
  }

  disconnectedCallback() {
    this.#connection.abort();
    this.#watch.disconnect();
    this.stop();
  }

  attributeChangedCallback() {
    this.#client.base = this.server;
    this.#reading.about(this.report);
    this.#show();
  }

  /** Read from the beginning. Call it from within a press: browsers allow sound only then. */
  async start() {
    await this.#reading.from();
  }

  /** Be silent and take the mark away. */
  stop() {
    this.#reading.stop();
  }

  #act(name) {
    (name in this.#own ? this.#own : this.#reading)[name]();
  }

  #listen() {
    const { bar, seek, unfold, download: save } = this.#parts;
    unfold.ariaExpanded = 'false';
    write(save, SAVE);
    for (const type of ['state', 'end']) this.#reading.addEventListener(type, () => this.#show());
    this.#reading.addEventListener('utterance', ({ detail }) => this.#spoken(detail));
    this.#reading.addEventListener('notice', ({ detail }) => this.#say(detail));
    seek.addEventListener('input', () => this.#showPlace(Number(seek.value)));
    seek.addEventListener('change', () => this.#reading.seek(Number(seek.value) - 1));
    // Whoever comes near may press: what the press would wait for is fetched meanwhile.
    for (const type of ['pointerenter', 'pointerdown', 'focusin']) bar.addEventListener(type, () => this.#reading.warm(true));
    this.#show();
  }

  #spoken(index) {
    const { start, end } = this.#reading.utterances[index];
    this.#showPlace(index + 1);
    this.#mark.show(start, end);
  }

  #showPlace(number) {
    const { seek, progress } = this.#parts;
    const { length } = this.#reading.utterances;
    seek.max = length;
    seek.value = number;
    write(progress, `第 ${number} 句，共 ${length} 句`);
    seek.ariaValueText = progress.textContent;
  }

  #show() {
    const { bar, main, words, goOn, previous, next, stop, where, progress } = this.#parts;
    const { state } = this;
    const idle = state === 'idle';
    if (idle) {
      this.#mark.end();
      write(progress, '');
    } else if (bar.dataset.state === 'idle') this.#begun();
    bar.dataset.state = state;
    write(words, WORDS[state]);
    const held = this.shadowRoot.activeElement;
    for (const each of [previous, next, stop, where]) each.hidden = idle;
    goOn.hidden = !(idle && bookmarkOf(this.report));
    this.#float(this.#away && !idle);
    // The button that was pressed went away.
    if (held?.closest('[hidden]')) main.focus({ preventScroll: true });
  }

  /** Its place keeps its height, or the page would jump. */
  #float(on) {
    const { bar } = this.#parts;
    if (on === bar.classList.contains('afloat')) return;
    this.#place.replaceSync(on ? `.anan { min-height: ${bar.offsetHeight}px; }` : '');
    bar.classList.toggle('afloat', on);
  }

  #begun() {
    this.#mark.begin();
    this.#voices.learn();
  }

  #unfold() {
    const { unfold, panel } = this.#parts;
    panel.hidden = !panel.hidden;
    unfold.ariaExpanded = String(!panel.hidden);
    this.#voices.learn();
  }

  async #download() {
    const { download: save } = this.#parts;
    if (save.ariaDisabled === 'true') return;
    save.ariaDisabled = 'true';
    this.#say('');
    const tell = (words) => write(save, words);
    await download(this.#client, this.report, document.title, tell).catch(({ message }) => this.#say(message));
    write(save, SAVE);
    save.ariaDisabled = 'false';
  }

  #giveWay(event) {
    if (!choices.get('yielding') || this.state !== 'playing' || event.composedPath().includes(this)) return;
    this.#reading.pause();
    this.#say('您移动了焦点，播报已暂停。');
  }

  #say(words) {
    write(this.#parts.note, words);
  }
}
