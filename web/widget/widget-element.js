import { takeFromScript } from './about.js';
import { ApiClient, baseAddress } from './api.js';
import { avatar } from './avatar.js';
import { colourRules } from './colour.js';
import { Conversation } from './conversation.js';
import { button, composing, reflect, touched, write } from './dom.js';
import { COMPOSER_TOOLS, frame, toggle } from './frame.js';
import { followElder, keep, kept, remember, setElder } from './kept.js';
import { silence } from './one-voice.js';
import { Opening } from './opening.js';
import { Panel } from './panel.js';
import { SpeakingLater } from './speaking-later.js';
import { widgetSheet } from './styles.js';
import { SuggestBox } from './suggest-box.js';
import { TurnLog } from './turn-log.js';
import { followViewport } from './viewport.js';

/** The attributes that say what the page is about. */
const ABOUT = ['body', 'years', 'report'];
const STATUS = Object.freeze({ idle: '只用公布的报告作答', thinking: '正在查找…', speaking: '正在播报', listening: '正在听您说' });
const NOT_LOADED = '留言没有加载成功，请检查网络后再按一次。';

/**
 * `<anan-widget>`: 安安's button at the corner of a page and the dialog it opens.
 *
 * Each attribute has a JavaScript property of its name and may stand as `data-…` on the script tag instead; what they and
 * the methods and events do is told in docs/embedding.md. Events bubble and are composed.
 */
export class AnanWidgetElement extends HTMLElement {
  static observedAttributes = ['server', 'position', 'heading', 'label', 'color', 'figure', 'greeting', 'body', 'years', 'report', 'voice', 'framed'];

  #parts = frame();
  #ownSheet = new CSSStyleSheet();
  #viewSheet = new CSSStyleSheet();
  #client = new ApiClient(baseAddress(null));
  #conversation = new Conversation(this.#client);
  #panel = new Panel(this.#parts, this, () => this.#messages?.close());
  #actions = {
    ask: (question) => this.ask(question),
    retry: (turn) => this.#retry(turn),
    speak: (turn) => this.#speaking.press(turn),
    prepare: (turn) => this.#speaking.prepare(turn),
    resolve: (link) => this.#client.resolve(link),
    message: (question) => this.#write(question),
    feedback: (given) => this.#client.feedback(given),
    say: (words) => this.#say(words),
    rest: () => this.#rest(),
    voice: true,
    framed: false,
  };
  #log = new TurnLog(this.#parts.log, this.#actions);
  #opening = new Opening(this.#parts, this.#client, this.#conversation, this.#log, this.#actions);
  #speaking = new SpeakingLater(
    this.#parts.audio,
    (turn) => this.#log.of(turn),
    (Speaking) =>
      new Speaking(
        this.#parts.audio,
        this.#client,
        (turn) => this.#log.of(turn),
        (state, failure) => this.#heard(state, failure),
      ),
    (words) => this.#say(words),
  );
  /** 留言, loaded when it is first wanted. */
  #messages = null;
  #suggest = new SuggestBox(
    this.#parts.input,
    this.#parts.list,
    (typed, signal) => this.#offer(typed, signal),
    (question) => this.#send(question),
  );
  #connection = new AbortController();
  #sounding = false;
  #listening = false;
  /** 自动播报: answers are read as they come. Nothing sounds unasked while it is off. */
  #autoplay = false;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [widgetSheet, this.#ownSheet, this.#viewSheet];
    shadow.append(this.#parts.root);
    this.#fillMenu();
    this.#listen();
  }

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    takeFromScript(this, AnanWidgetElement.observedAttributes);
    this.#parts.root.showPopover?.();
    this.#panel.follow(signal);
    followViewport(this.#viewSheet, signal);
    followElder((on) => this.#grow(on), signal);
    this.attributeChangedCallback();
    if (this.#actions.framed) this.open();
  }

  disconnectedCallback() {
    this.#connection.abort();
    this.close();
  }

  attributeChangedCallback(name) {
    const { root, title, label, close } = this.#parts;
    const { server, position, heading, color, figure, voice } = this;
    this.#client.base = baseAddress(server);
    this.#actions.voice = voice !== 'off';
    this.#actions.framed = this.hasAttribute('framed');
    root.dataset.position = position === 'left' ? 'left' : 'right';
    root.toggleAttribute('data-framed', this.#actions.framed);
    root.toggleAttribute('data-mute', !this.#actions.voice);
    close.hidden = this.#actions.framed;
    write(title, heading || '安安 · 报告问答');
    write(label, this.label || '问安安');
    this.#ownSheet.replaceSync(colourRules(color));
    for (const face of root.querySelectorAll('.avatar')) face.replaceWith(avatar(figure));
    this.#think();
    if (this.#opening.begun && ABOUT.includes(name)) this.#opening.about(this);
  }

  /**
   * Open the dialog.
   * @param {import('./about.js').Options | null} [about] what is asked about from now on; the page's own subject when left out
   */
  open(about = null) {
    if (!this.isConnected) return;
    const opens = !this.#panel.isOpen;
    if (opens) this.#panel.open();
    const begins = !this.#opening.begun;
    this.#opening.begin(this.greeting);
    if (about || begins) this.#opening.about(about ?? this, !begins);
    if (opens) this.#panel.focus();
    if (opens) this.#tell('anan-open');
  }

  /** Close the dialog and be silent; the conversation stays. */
  close() {
    this.#speaking.stop();
    this.#suggest.close();
    if (this.#panel.close()) this.#tell('anan-close');
  }

  /**
   * Ask as if it had been typed and sent.
   * @param {string} question
   * @returns {boolean} whether it was asked
   */
  ask(question) {
    this.open();
    if (!this.#parts.sheet.hidden) this.#messages.close();
    if (this.#autoplay) this.#speaking.prime();
    const asking = this.#conversation.ask(question);
    if (asking) this.#tell('anan-ask', { question: question.trim() });
    this.#hint(asking ? '' : this.#refusal());
    return asking !== null;
  }

  /** Forget the conversation, here and in what the browser keeps. */
  clear() {
    this.#speaking.stop();
    this.#conversation.clear();
    this.#log.clear();
    remember([]);
    keep('receipts', null);
    this.#parts.send.removeAttribute('aria-disabled');
    this.#think();
    this.#tell('anan-clear');
  }

  #refusal() {
    return this.#conversation.waiting ? '安安正在查找上一个问题，请稍候。' : '请先输入您的问题。';
  }

  #fillMenu() {
    const { menu } = this.#parts;
    this.#parts.elder = toggle('长者模式', setElder);
    const auto = toggle('自动播报', (on) => {
      auto.setAttribute('aria-checked', String(on));
      keep('autoplay', on ? 1 : null);
      this.#autoplay = on;
      if (!on) this.#speaking.stop();
    });
    this.#autoplay = kept('autoplay') === 1;
    auto.setAttribute('aria-checked', String(this.#autoplay));
    const clear = () => {
      this.clear();
      this.#panel.openMenu(false);
      this.#say('对话已清空。');
    };
    auto.classList.add('voice');
    menu.append(
      this.#parts.elder,
      auto,
      button({}, () => this.#write(''), '留言'),
      button({}, () => this.#lookUp(), '查回复'),
      button({}, clear, '清空对话'),
    );
  }

  #listen() {
    const { dialog, form, input, tools } = this.#parts;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(input.value);
    });
    input.addEventListener('keydown', (event) => this.#inputKey(event));
    input.addEventListener('input', () => this.#hint(''));
    dialog.addEventListener('focusin', () => this.#speaking.yield());
    this.#conversation.addEventListener('turn', ({ detail }) => this.#showTurn(detail));
    tools.append(...COMPOSER_TOOLS.map((make) => make(this.#hands())).filter(Boolean));
  }

  /** What a button beside the question may do, see frame.js. */
  #hands() {
    const { menu, note } = this.#parts;
    return {
      client: this.#client,
      host: this,
      ask: (text) => this.ask(text),
      put: (text) => {
        this.#parts.input.value = text;
        this.#rest();
      },
      hush: silence,
      say: (words, calm) => this.#hint(words, calm),
      announce: (words) => this.#say(words),
      note: (words) => {
        note.hidden = !words;
        write(note, words);
      },
      menu: (item) => menu.querySelector('.voice').after(item),
      mood: (mood) => {
        this.#listening = mood === 'listening';
        this.#think();
      },
    };
  }

  #write(question) {
    const asked = question || this.#conversation.turns.at(-1)?.question;
    const { report } = this.#conversation.about ?? {};
    this.#message((form) => form.write({ ...(asked && { question: asked }), ...(report && { report }) }, question));
  }

  #lookUp() {
    this.#message((form) => form.lookUp());
  }

  async #message(show) {
    this.#panel.openMenu(false);
    try {
      const { Messages } = await import('./messages.js');
      this.#messages ??= new Messages(this.#parts, this.#client, () => this.#rest(), (words) => this.#say(words));
    } catch {
      this.#hint(NOT_LOADED);
      return;
    }
    show(this.#messages);
  }

  #grow(on) {
    this.#parts.root.toggleAttribute('data-elder', on);
    this.#parts.elder.setAttribute('aria-checked', String(on));
    this.#tell('anan-elder', { on });
  }

  /** What is typed may be one of these; nothing is offered while an answer is waited for. */
  async #offer(typed, signal) {
    return this.#conversation.waiting ? [] : this.#client.suggest(typed, signal, this.#conversation.about?.report);
  }

  #send(question) {
    const { input } = this.#parts;
    this.#suggest.close();
    if (!this.ask(question)) {
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
    if (composing(event)) return;
    if (this.#suggest.key(event) || event.key !== 'Enter') return;
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
    // The button that was pressed is gone.
    if (this.#log.show(turn)) this.#rest();
    const { waiting } = this.#conversation;
    this.#parts.send.setAttribute('aria-disabled', String(waiting));
    if (!waiting) this.#hint('');
    this.#think();
    if (waiting) this.#say('安安正在查找，请稍候。');
    else if (turn.state === 'answered') this.#answered(turn);
    else this.#failed(turn);
  }

  #answered(turn) {
    remember(this.#conversation.turns);
    const reads = this.#autoplay && this.#actions.voice && turn.answer.utterances.length > 0;
    // What is read aloud is not announced as well: two voices at once are none.
    this.#say(reads ? '安安正在播报回答。' : `安安回答：${turn.answer.text}`);
    if (reads) this.#speaking.play(turn);
    this.#tell('anan-answer', { answer: turn.answer });
  }

  #failed({ question, error }) {
    const { input } = this.#parts;
    if (!input.value.trim()) input.value = question;
    this.#say(error.message);
    this.#tell('anan-error', { question, code: error.code });
  }

  #heard(state, failure) {
    this.#sounding = state === 'playing';
    this.#think();
    if (failure) this.#say(failure);
  }

  /** Show on 安安's face what she is doing. */
  #think() {
    const doing = this.#conversation.waiting ? 'thinking' : this.#sounding ? 'speaking' : 'idle';
    const mood = this.#listening ? 'listening' : doing;
    this.#parts.root.dataset.mood = mood;
    write(this.#parts.status, STATUS[mood]);
  }

  #hint(words, calm = false) {
    const { hint } = this.#parts;
    write(hint, words);
    hint.toggleAttribute('data-calm', calm);
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

reflect(AnanWidgetElement);
