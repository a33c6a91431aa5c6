import { ApiClient, baseAddress } from './api.js';
import { Conversation } from './conversation.js';
import { write } from './dom.js';
import { introduction } from './greeting.js';
import { frame, reply, suggestions, turnElement, welcome } from './render.js';
import { SMALL_SCREEN, widgetSheet } from './styles.js';
import { followViewport } from './viewport.js';
import { Player } from '../reader/player.js';

/** After this long without an answer 安安 says that she is still looking (milliseconds). */
const STILL_LOOKING_AFTER = 6_000;

/** What the play button says in each state of the player. */
const SPEAK_WORDS = Object.freeze({ idle: '播报', loading: '停止播报', playing: '停止播报', paused: '继续播报' });

/**
 * `<anan-widget>`: 安安's button at the corner of a page and the dialog it opens.
 *
 * Attributes: `server` (default: where the module came from), `position` (`right` or `left`), `heading` (the dialog's title).
 * Events, all bubbling and composed: `anan-open`; `anan-ask` (detail `{question}`); `anan-answer` (detail `{answer}`).
 */
export class AnanWidgetElement extends HTMLElement {
  static observedAttributes = ['server', 'position', 'heading'];

  #parts = frame();
  #viewSheet = new CSSStyleSheet();
  #client = new ApiClient(baseAddress(null));
  #conversation = new Conversation(this.#client);
  #player = new Player(this.#parts.audio, (key, signal) => this.#client.speech(key, signal));
  /** The element of every turn, and the turn that each list of utterances belongs to. */
  #shown = new Map();
  #spoken = null;
  #connection = new AbortController();
  #patience = 0;
  #welcomed = false;
  #actions = {
    ask: (question) => this.ask(question),
    retry: (turn) => this.#retry(turn),
    speak: (turn) => this.#speak(turn),
    resolve: (link) => this.#client.resolve(link),
  };

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [widgetSheet, this.#viewSheet];
    shadow.append(this.#parts.root);
    this.#listen();
  }

  get server() {
    return baseAddress(this.getAttribute('server'));
  }

  set server(value) {
    this.setAttribute('server', value);
  }

  /** @returns {'right' | 'left'} */
  get position() {
    return this.getAttribute('position') === 'left' ? 'left' : 'right';
  }

  set position(value) {
    this.setAttribute('position', value);
  }

  get heading() {
    return this.getAttribute('heading') || '安安 · 报告问答';
  }

  set heading(value) {
    this.setAttribute('heading', value);
  }

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    matchMedia(SMALL_SCREEN).addEventListener('change', () => this.#reshow(), { signal });
    followViewport(this.#viewSheet, signal);
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.#connection.abort();
    this.close();
  }

  attributeChangedCallback() {
    this.#client.base = this.server;
    this.#parts.root.dataset.position = this.position;
    write(this.#parts.title, this.heading);
  }

  /** Open the dialog; nothing happens when it is open. */
  open() {
    const { dialog, launcher, input, title } = this.#parts;
    if (dialog.open || !this.isConnected) return;
    launcher.hidden = true;
    this.#show();
    this.#welcome();
    // On a telephone focus in the input would cover the greeting with the keyboard.
    (touched() ? title : input).focus();
    this.#tell('anan-open');
  }

  /** Close the dialog and be silent; the conversation stays. */
  close() {
    const { dialog, launcher } = this.#parts;
    this.#player.stop();
    if (dialog.open) dialog.close();
    if (!launcher.hidden) return;
    launcher.hidden = false;
    launcher.focus();
  }

  /**
   * Ask as if it had been typed and sent.
   * @param {string} question
   * @returns {boolean} whether it was asked
   */
  ask(question) {
    this.open();
    const asking = this.#conversation.ask(question);
    if (asking) this.#tell('anan-ask', { question: question.trim() });
    this.#hint(asking ? '' : this.#refusal());
    return asking !== null;
  }

  #refusal() {
    return this.#conversation.waiting ? '安安正在查找上一个问题，请稍候。' : '请先输入您的问题。';
  }

  #listen() {
    const { launcher, close, dialog, form, input } = this.#parts;
    launcher.addEventListener('click', () => this.open());
    close.addEventListener('click', () => this.close());
    form.addEventListener('submit', (event) => this.#submit(event));
    input.addEventListener('keydown', (event) => this.#inputKey(event));
    input.addEventListener('input', () => this.#hint(''));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.close();
    });
    dialog.addEventListener('close', () => {
      if (!dialog.open) this.close(); // closed by the system's back gesture
    });
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !composing(event)) this.close();
    });
    // The page sees typing in a shadow tree as typing on the host and would run its own shortcuts.
    for (const type of ['keydown', 'keyup', 'keypress']) dialog.addEventListener(type, (event) => event.stopPropagation());
    this.#conversation.addEventListener('turn', ({ detail }) => this.#showTurn(detail));
    this.#player.addEventListener('state', () => this.#showSpeaking());
    this.#player.addEventListener('failure', ({ detail }) => this.#showSilence(detail));
  }

  #show() {
    const { dialog } = this.#parts;
    if (matchMedia(SMALL_SCREEN).matches) dialog.showModal();
    else dialog.show();
  }

  /** The screen was turned or resized: modal when it is small, beside the page when it is not. */
  #reshow() {
    const { dialog } = this.#parts;
    if (!dialog.open) return;
    const focused = this.shadowRoot.activeElement;
    dialog.close();
    this.#show();
    focused?.focus();
  }

  async #welcome() {
    if (this.#welcomed) return;
    this.#welcomed = true;
    const words = welcome(`${introduction()}。`);
    this.#parts.log.prepend(words);
    const popular = await this.#client.suggest('').catch(() => []); // only an offer: without it the widget works as well
    const offered = suggestions(popular.slice(0, 4), '您可以这样问', this.#actions);
    if (offered) words.append(offered);
  }

  #submit(event) {
    event.preventDefault();
    const { input } = this.#parts;
    if (!this.ask(input.value)) {
      input.focus();
      return;
    }
    input.value = '';
    this.#rest();
  }

  /** Focus where the next question starts; on a telephone beside the input, so that the keyboard leaves the answer in view. */
  #rest() {
    const { input, send } = this.#parts;
    (touched() ? send : input).focus();
  }

  #inputKey(event) {
    if (event.key !== 'Enter' || event.shiftKey || composing(event)) return;
    event.preventDefault();
    this.#parts.form.requestSubmit();
  }

  #retry(turn) {
    const { input } = this.#parts;
    if (!this.#conversation.retry(turn)) return this.#hint(this.#refusal());
    if (input.value.trim() === turn.question) input.value = '';
    this.#tell('anan-ask', { question: turn.question });
    return this.#hint('');
  }

  #showTurn(turn) {
    const { log, send } = this.#parts;
    const shown = this.#shown.get(turn) ?? turnElement(turn.question);
    this.#shown.set(turn, shown);
    const held = shown.contains(this.shadowRoot.activeElement);
    shown.querySelector('.reply')?.remove();
    shown.append(reply(turn, this.#actions));
    if (!shown.isConnected) log.append(shown);
    if (held) this.#rest(); // the button that was pressed is gone
    send.setAttribute('aria-disabled', String(this.#conversation.waiting));
    if (!this.#conversation.waiting) this.#hint('');
    log.scrollTop = shown.offsetTop - log.firstElementChild.offsetTop;
    this.#follow(turn, shown);
  }

  #follow(turn, shown) {
    clearTimeout(this.#patience);
    if (turn.state === 'waiting') {
      this.#say('安安正在查找，请稍候。');
      this.#patience = setTimeout(() => write(shown.querySelector('.progress'), '还在查找，请再等一等…'), STILL_LOOKING_AFTER);
    } else if (turn.state === 'answered') {
      this.#say(`安安回答：${turn.answer.text}`);
      this.#tell('anan-answer', { answer: turn.answer });
    } else {
      const { input } = this.#parts;
      if (!input.value.trim()) input.value = turn.question;
      this.#say(turn.error.message);
    }
  }

  #speak(turn) {
    const mine = this.#spoken === turn && this.#player.state !== 'idle';
    if (mine && this.#player.state === 'paused') return this.#player.resume();
    if (mine) return this.#player.stop();
    this.#player.stop();
    this.#spoken = turn;
    write(this.#note(turn), '');
    this.#note(turn).hidden = true;
    return this.#player.play(turn.answer.utterances.map((utterance) => utterance.key));
  }

  #showSpeaking() {
    const shown = this.#shown.get(this.#spoken)?.querySelector('.speak');
    if (!shown) return;
    shown.dataset.state = this.#player.state;
    write(shown.querySelector('.words'), SPEAK_WORDS[this.#player.state]);
  }

  #showSilence(error) {
    const note = this.#note(this.#spoken);
    write(note, error.message);
    note.hidden = false;
    this.#say(error.message);
  }

  #note(turn) {
    return this.#shown.get(turn).querySelector('.note');
  }

  #hint(words) {
    const { hint } = this.#parts;
    write(hint, words);
    hint.hidden = !words;
    if (words) this.#say(words);
  }

  #say(words) {
    write(this.#parts.live, words);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Whether fingers are the main way to point here, so that focus in a text field brings up a keyboard. */
function touched() {
  return matchMedia('(pointer: coarse)').matches;
}

/** Whether a key belongs to an input method: Enter takes a candidate there and Escape drops it. Safari says so only by 229. */
function composing(event) {
  return event.isComposing || event.keyCode === 229;
}
